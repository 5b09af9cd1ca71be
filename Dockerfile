# The site with its native libraries and fonts, as an ordinary user behind gunicorn.

FROM python:3.11-slim-bookworm AS base
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 postgresql-client-15 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock

# Fetching and cutting the fonts needs 300 MB that the site does not.
FROM base AS fonts
RUN apt-get update
COPY scripts scripts
RUN python -m scripts.fonts build

FROM base
COPY --from=fonts /app/build/fonts build/fonts
COPY . .
# The number is known to docker-compose.yml, whose secrets belong to it. Only these folders are the
# site's own: named volumes take their owner from here.
RUN useradd --system --uid 10001 --no-create-home site \
 && mkdir -p var/releases var/inside var/backups build/fonts/cache \
 && chown -R site var build/fonts/cache \
 && python -m compileall -q budget performance
USER site
EXPOSE 8000
CMD ["gunicorn", "-c", "python:budget.config.serving", "budget.config.wsgi"]
