# The bot alone, as a user without rights, on the locked versions. The playground is for ./parley demo, not for here.
FROM python:3.13-slim

RUN useradd --system --create-home --home-dir /srv/parley --shell /usr/sbin/nologin parley
WORKDIR /srv/parley

COPY requirements.lock .
RUN pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.lock

COPY parley.py pyproject.toml ./
COPY bot bot
COPY adapters adapters
COPY storage storage
COPY schedules schedules

USER parley
ENV PYTHONUNBUFFERED=1 PARLEY_HOST=0.0.0.0
EXPOSE 3978
ENTRYPOINT ["python", "parley.py"]
CMD ["serve"]
