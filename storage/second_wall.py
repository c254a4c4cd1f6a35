"""Whether PostgreSQL's own wall stands behind the filters: what it must hold, and where it does not."""

from collections.abc import Iterator, Mapping

from sqlalchemy import text

from storage.bound import Bound
from storage.columns import METADATA

# What has a `visibility` and stays outside: the directory, which is kept in memory and asked before anybody
# is known (docs/decisions/0023).
OUTSIDE: Mapping[str, str] = {
    "room": "where a company's channel leads; it is asked who reads before there is a reader",
    "invitation": "an offer; only the digest of its code is kept",
}
# What belongs to somebody without naming a class of its own.
BESIDE = ("audit_chain", "ending", "proposal", "sent", "signed_head")

OWNED = text(
    "SELECT rolsuper OR rolbypassrls OR EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n"
    " ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p')"
    " AND pg_has_role(current_user, c.relowner, 'USAGE')) FROM pg_roles WHERE rolname = current_user"
)
STANDING = text(
    "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE n.nspname = current_schema() AND c.relrowsecurity"
    " AND EXISTS (SELECT 1 FROM pg_policies p WHERE p.schemaname = n.nspname AND p.tablename = c.relname)"
)
# Policies add up, so one that is not ours may let through what all of ours hold back.
FOREIGN = text(
    "SELECT tablename FROM pg_policies WHERE schemaname = current_schema()"
    " AND NOT starts_with(policyname, tablename || '_')"
    " AND tablename IN (SELECT unnest(CAST(:tables AS text[]))) ORDER BY tablename"
)


def behind() -> frozenset[str]:
    """The tables that must stand behind the wall."""
    classed = {one.name for one in METADATA.sorted_tables if "visibility" in one.columns}
    return frozenset(classed - set(OUTSIDE)) | {one for one in BESIDE if one in METADATA.tables}


def gaps(opened: Bound) -> Iterator[str]:
    """Where the wall does not hold for the role of this connection, each with its remedy; none on SQLite."""
    if opened.dialect != "postgresql":
        return
    if opened.run(OWNED).scalar_one():
        yield (
            "DATABASE_URL uses a role that owns the tables or passes by their rights: make a role that owns"
            " nothing, set DATABASE_ROLE to it, and run ./parley migrate with DATABASE_OWNER_URL"
        )
    wanted = behind()
    missing = sorted(wanted - set(opened.run(STANDING).scalars()))
    if missing:
        yield (
            f"the database holds no wall between the companies on {', '.join(missing)}: let its owner"
            " say ALTER TABLE ... ENABLE ROW LEVEL SECURITY on each, or restore the schema from a backup"
        )
    foreign = sorted(set(opened.run(FOREIGN, tables=sorted(wanted)).scalars()))
    if foreign:
        yield (
            f"the database has rules of somebody else's on {', '.join(foreign)}, which may open the wall:"
            " let the owner DROP each POLICY whose name does not begin with its table's"
        )
