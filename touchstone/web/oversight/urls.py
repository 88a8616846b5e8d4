"""资料与监控地址: which address shows which page, for the offices that supervise and for the bodies that answer?"""

from django.urls import path

from touchstone.web.oversight import (
    cameras,
    campaigns,
    gap,
    records_call,
    records_letter,
    records_list,
    records_new,
    tracing,
    tracings,
    watch,
    watches,
    watching,
)

_BOTH = [
    path("oversight", records_list.records_calls, name="records_calls"),
    path("oversight/records/<str:number>", records_call.records_call, name="records_call"),
    path("oversight/records/<str:number>/letter.pdf", records_letter.records_letter, name="records_letter"),
    path("oversight/records/<str:number>/files/<str:attachment>", records_call.records_file, name="records_file"),
    path("oversight/watches", watches.watches, name="watches"),
    path("oversight/watches/<str:number>", watch.watch, name="watch"),
    path("oversight/watches/<str:number>/files/<str:attachment>", watch.watch_file, name="watch_file"),
    path("oversight/gaps/<str:number>", gap.camera_gap, name="camera_gap"),
    path("oversight/tracings", tracings.tracings, name="tracings"),
    path("oversight/tracings/new", tracings.tracing_new, name="tracing_new"),
    path("oversight/tracings/<str:number>", tracing.tracing, name="tracing"),
    path("oversight/tracings/<str:number>/heads/<int:place>", tracing.tracing_head_file, name="tracing_head_file"),
]
AUTHORITY_PAGES = [
    path("oversight/records/new", records_new.records_call_new, name="records_call_new"),
    path("oversight/today", watches.watch_today, name="watch_today"),
    path("oversight/today/<str:number>", watching.watching, name="watching"),
    path("oversight/today/<str:number>/progress", watching.watching_progress, name="watching_progress"),
    path("oversight/today/<str:number>/stills/<str:sha256>", watching.watching_file, name="watching_file"),
    path("oversight/campaigns", campaigns.campaigns, name="campaigns"),
    path("oversight/campaigns/new", campaigns.campaign_new, name="campaign_new"),
    path("oversight/campaigns/<str:number>", campaigns.campaign, name="campaign"),
    *_BOTH,
]
BODY_PAGES = [*_BOTH, path("oversight/cameras", cameras.cameras, name="cameras")]
