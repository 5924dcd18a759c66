# The portal's image, for web, worker, beat and the one-shot migration. It holds no secret:
# everything secret comes with the environment when a container starts.
FROM python:3.11-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1

WORKDIR /portal
COPY system-packages.txt ./
RUN apt-get update \
    && grep -v '^#' system-packages.txt | cut -d ' ' -f 1 \
       | xargs apt-get install -y --no-install-recommends \
    && rm -rf /var/lib/apt/lists/*

COPY pyproject.toml constraints.txt ./
COPY deploy/requirements.py deploy/
RUN python deploy/requirements.py | pip install -c constraints.txt -r /dev/stdin

COPY . .
# Translations and static files belong to the image; the data folder of this step does not.
RUN DATA_DIR=/tmp/build python manage.py catalogues \
    && DATA_DIR=/tmp/build python manage.py collectstatic --no-input \
    && rm -rf /tmp/build \
    && groupadd --gid 10001 portal \
    && useradd --uid 10001 --gid portal --home-dir /data --shell /usr/sbin/nologin portal \
    && install -d -o portal -g portal -m 700 /data

ENV ENVIRONMENT=production \
    DATA_DIR=/data
USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "deploy/ask.py", "/healthz"]
CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", "0.0.0.0:8000", "nanjing_consortia.wsgi"]
