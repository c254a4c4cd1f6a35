#!/bin/sh
# The PostgreSQL image runs this once, on an empty volume: the bot's own role, which owns nothing.
set -eu
psql --no-psqlrc --set ON_ERROR_STOP=1 --set password="$PARLEY_DATABASE_PASSWORD" \
    --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
CREATE ROLE parley_bot LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'password';
SQL
