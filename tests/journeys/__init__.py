"""旅程: can people get their work done through the pages, happy or not?"""
