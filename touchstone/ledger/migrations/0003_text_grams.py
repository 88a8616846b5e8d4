"""按字查找: the characters and pairs of characters of a text, for indexes that find a piece of a name (see ledger.text_search)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_append_only")]
    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION text_grams(words text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 2000 AS $$
            DECLARE
              one text[] := string_to_array(lower(words COLLATE "C"), NULL);
              many int := cardinality(one);
            BEGIN
              FOR n IN 1 .. many - 1 LOOP
                one[many + n] := one[n] || one[n + 1];
              END LOOP;
              RETURN one;
            END $$;
            """,
            "DROP FUNCTION text_grams(text);",
        )
    ]
