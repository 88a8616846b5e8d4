"""评聘页面: rounds, nominations and appointments, each under the doors of those who have to do with them."""
