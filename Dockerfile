# The bot alone, as a user without rights, on the locked versions. The playground is for ./parley demo, not for here.
FROM python:3.13-slim

RUN useradd --system --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin parley
WORKDIR /srv/parley

COPY requirements.lock .
RUN pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.lock

COPY parley.py pyproject.toml ./
COPY adapters adapters
COPY bot bot
COPY schedules schedules
COPY storage storage
RUN python -m compileall -q .

# Nothing is written from here on: the root file system may be read-only, with a small /tmp for uploads and counters.
USER parley
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PARLEY_HOST=0.0.0.0 PARLEY_LOG=json
EXPOSE 3978
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:3978/readyz', timeout=4)"]
ENTRYPOINT ["python", "parley.py"]
CMD ["serve"]
