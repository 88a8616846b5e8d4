"""证书数据地址: which address shows which page, for the body and for the authority?"""

from django.urls import path

from touchstone.web.uploads import batch, existing, listing, parcels, row

PAGES = [
    path("certificate-data", listing.batches, name="certificate_batches"),
    path("certificate-data/<str:number>", batch.batch, name="certificate_batch"),
    path("certificate-data/<str:number>/progress", batch.batch_progress, name="certificate_batch_progress"),
    path("certificate-data/<str:number>/draws", batch.batch_draws, name="certificate_draws_file"),
    path("certificate-data/<str:number>/files/<str:which>", batch.batch_file, name="certificate_batch_file"),
    path("certificate-data/<str:number>/rows/<int:row>", row.entry, name="certificate_entry"),
]
AUTHORITY_PAGES = [
    path("certificate-data/existing", existing.existing, name="certificates_existing"),
    path("certificate-data/existing/template.xlsx", existing.existing_template, name="certificates_existing_template_file"),
    path("certificate-data/parcels", parcels.parcels, name="certificate_parcels"),
    path("certificate-data/parcels/<str:number>", parcels.parcel, name="certificate_parcel"),
    path("certificate-data/parcels/<str:number>/file", parcels.parcel_file, name="certificate_parcel_file"),
    path("certificate-data/<str:number>/load", existing.load, name="certificates_load_file"),
    *PAGES,
]
BODY_PAGES = [path("certificate-data/template.xlsx", listing.upload_template, name="certificate_template_file"), *PAGES]
