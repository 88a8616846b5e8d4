"""备案所在的区: rows the database keeps by itself, one for each district on whose ground a filing lies."""

import django.db.models.deletion
from django.db import migrations, models

from touchstone.ledger.text_search import gram_index

GAINED = {
    "registered": "SELECT fresh.id, body.district FROM fresh JOIN bodies_body body ON body.id = fresh.body_id",
    "evaluated": "SELECT fresh.filing_id, venue.district FROM fresh JOIN bodies_venue venue ON venue.id = fresh.venue_id",
    "asked": "SELECT fresh.filing_id, office.district FROM fresh JOIN accounts_office office ON office.id = fresh.office_id "
    "AND office.kind = 'district_bureau'",
    "shown": "SELECT filing.id, office.district FROM fresh JOIN filings_filing filing ON filing.number = fresh.case "
    "JOIN accounts_office office ON office.id = fresh.office_id AND office.kind = 'district_bureau'",
}
"""Why a district comes to have a filing on its ground: the rows just written, and the district each of them names."""

WHEN = (
    ("filings_filing", "registered", "INSERT"),
    ("filings_scopeitem", "evaluated", "INSERT"),
    ("filings_scopeitem", "evaluated", "UPDATE"),
    ("filings_consent", "asked", "INSERT"),
    ("filings_addedopinion", "asked", "INSERT"),
    ("tasks_copy", "shown", "INSERT"),
)

LOST = """
CREATE FUNCTION filings_ground_lost() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM filings_ground ground
    USING (SELECT DISTINCT gone.filing_id, venue.district FROM gone JOIN bodies_venue venue ON venue.id = gone.venue_id) lost
    WHERE ground.filing_id = lost.filing_id AND ground.district = lost.district
      AND NOT EXISTS (
        SELECT 1 FROM filings_scopeitem line JOIN bodies_venue venue ON venue.id = line.venue_id
        WHERE line.filing_id = lost.filing_id AND venue.district = lost.district)
      AND NOT EXISTS (
        SELECT 1 FROM filings_filing filing JOIN bodies_body body ON body.id = filing.body_id
        WHERE filing.id = lost.filing_id AND body.district = lost.district)
      AND NOT EXISTS (
        SELECT 1 FROM filings_consent consent JOIN accounts_office office ON office.id = consent.office_id
        WHERE consent.filing_id = lost.filing_id AND office.district = lost.district AND office.kind = 'district_bureau')
      AND NOT EXISTS (
        SELECT 1 FROM filings_addedopinion opinion JOIN accounts_office office ON office.id = opinion.office_id
        WHERE opinion.filing_id = lost.filing_id AND office.district = lost.district AND office.kind = 'district_bureau')
      AND NOT EXISTS (
        SELECT 1 FROM filings_filing filing JOIN tasks_copy copied ON copied.case = filing.number
        JOIN accounts_office office ON office.id = copied.office_id
        WHERE filing.id = lost.filing_id AND office.district = lost.district AND office.kind = 'district_bureau');
  RETURN NULL;
END $$;
CREATE TRIGGER ground_lost_by_update AFTER UPDATE ON filings_scopeitem REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION filings_ground_lost();
CREATE TRIGGER ground_lost_by_delete AFTER DELETE ON filings_scopeitem REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION filings_ground_lost();
"""


def _functions() -> str:
    made = (
        f"CREATE FUNCTION filings_ground_{why}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"INSERT INTO filings_ground (filing_id, district) SELECT * FROM ({rows}) AS found(filing_id, district) WHERE district <> '' "
        "ON CONFLICT DO NOTHING; RETURN NULL; END $$;"
        for why, rows in GAINED.items()
    )
    return "\n".join(made)


def _triggers() -> str:
    made = (
        f"CREATE TRIGGER ground_{why}_by_{how.lower()} AFTER {how} ON {table} REFERENCING NEW TABLE AS fresh "
        f"FOR EACH STATEMENT EXECUTE FUNCTION filings_ground_{why}();"
        for table, why, how in WHEN
    )
    return "\n".join(made)


def _what_stands() -> str:
    """The ground of what is there already, read from whole tables as if each had just been written."""
    table_of = {(why, table) for table, why, _ in WHEN}
    parts = " UNION ".join(f"({GAINED[why].replace('FROM fresh', f'FROM {table} AS fresh')})" for why, table in sorted(table_of))
    return f"INSERT INTO filings_ground (filing_id, district) SELECT * FROM ({parts}) AS found(filing_id, district) WHERE district <> '';"


FORWARD = "\n".join((_functions(), _triggers(), LOST, _what_stands(), "ANALYZE filings_ground; ANALYZE filings_filing;"))
BACKWARD = "\n".join(
    (
        *(f"DROP TRIGGER ground_{why}_by_{how.lower()} ON {table};" for table, why, how in WHEN),
        "DROP TRIGGER ground_lost_by_update ON filings_scopeitem;",
        "DROP TRIGGER ground_lost_by_delete ON filings_scopeitem;",
        *(f"DROP FUNCTION filings_ground_{why}();" for why in (*GAINED, "lost")),
    )
)


class Migration(migrations.Migration):
    dependencies = [("filings", "0004_ending"), ("accounts", "0001_initial"), ("bodies", "0001_initial"), ("tasks", "0002_copies_and_asked"), ("ledger", "0003_text_grams")]

    operations = [
        migrations.CreateModel(
            name="Ground",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("district", models.CharField(max_length=6, verbose_name="区")),
                (
                    "filing",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="grounds", to="filings.filing"),
                ),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("district", "filing"), name="one_ground_per_district")]},
        ),
        migrations.AddIndex(model_name="filing", index=gram_index("number", "filings_by_number_part")),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
