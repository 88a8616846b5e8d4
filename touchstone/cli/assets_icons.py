"""图标清单: which icons of the icon package do the pages use? A page that needs another adds its name here."""

NAMES = """
accessible activity adjustments-horizontal alarm alert-circle alert-triangle archive arrow-back-up arrow-left
arrow-right arrows-sort award ban bell book books building building-bank building-community building-factory bulb
calendar calendar-due calendar-event camera certificate chart-bar chart-line chart-pie check checkup-list
chevron-down chevron-left chevron-right chevron-up chevrons-left chevrons-right circle circle-check circle-dashed
circle-x clipboard-check clipboard-list clock cloud-upload coin columns-3 copy database device-floppy dots
dots-vertical download edit external-link eye eye-off file file-certificate file-spreadsheet file-text files filter
flag folder folders gavel git-branch hammer hash heartbeat help-circle history home hourglass id id-badge-2
inbox inbox-off info-circle key layout-dashboard layout-kanban link list-check list-details lock lock-open
login logout mail map map-2 map-pin medal menu-2 message minus moon news paperclip pencil phone photo
player-pause player-play plus point printer progress progress-check qrcode question-mark refresh report
report-analytics rotate route rubber-stamp scale scan school search send server settings shield shield-check
shield-lock signature sort-ascending sort-descending speakerphone square square-check sun switch-horizontal table
text-size tool trash trophy upload user user-check user-plus user-x users users-group video world writing
writing-sign x zoom-check zoom-question
"""
ICONS = frozenset(NAMES.split())
