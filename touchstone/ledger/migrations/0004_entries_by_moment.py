"""存证按时间: an index by the moment of the fact, for whoever asks what happened since a day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_text_grams")]
    operations = [migrations.AddIndex(model_name="entry", index=models.Index(fields=["at"], name="ledger_entr_at_41cf6b_idx"))]
