from django.db import models
from django.utils.translation import gettext_lazy as _

from filings.database import WORDS_TABLE
from filings.models.consortium import Consortium


def _hex(token: str) -> str:
    """A token in letters that no tokenizer takes apart; its beginning stays its beginning."""
    return "".join(f"{ord(character):06x}" for character in token)


class TokensField(models.Field):
    """Tokens of `filings.bigrams`: a tsvector on PostgreSQL, words of an FTS5 table on SQLite."""

    def db_type(self, connection):
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_placeholder(self, value, compiler, connection):
        return "array_to_tsvector(%s::text[])" if connection.vendor == "postgresql" else "%s"

    def get_db_prep_value(self, value, connection, prepared=False):
        if connection.vendor == "postgresql":
            return list(value)
        return " ".join(map(_hex, value))


@TokensField.register_lookup
class HasTokens(models.Lookup):
    """Whether all tokens that were asked for occur; takes what `filings.bigrams.asked` gives.

    They are letters and digits alone, so that nothing in them is an operator.
    """

    lookup_name = "has"
    prepare_rhs = False

    def as_postgresql(self, compiler, connection):
        column, _params = self.process_lhs(compiler, connection)
        words = (f"'{token}'" + (":*" if goes_on else "") for token, goes_on in self.rhs)
        return f"{column} @@ %s::tsquery", [" & ".join(words)]

    def as_sql(self, compiler, connection):
        table = compiler.quote_name_unless_alias(self.lhs.alias)
        words = (f'"{_hex(token)}"' + (" *" if goes_on else "") for token, goes_on in self.rhs)
        found = f"SELECT rowid FROM {WORDS_TABLE} WHERE {WORDS_TABLE} MATCH %s"  # noqa: S608
        return f"{table}.consortium_id IN ({found})", [" AND ".join(words)]


class SearchEntry(models.Model):
    """What the bureau finds a filing by: its last submission, its name, number, units and codes.

    `filings.search` writes and asks it. The public register has a search of its own: what only the
    bureau may read must not be found by guessing either.
    """

    consortium = models.OneToOneField(
        Consortium, models.CASCADE, primary_key=True, related_name="search_entry"
    )
    tokens = TokensField()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")

    def __str__(self):
        return str(self.consortium)
