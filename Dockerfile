# danvan-assistant as an image: no build tools in it, no torch, nothing that it may write but the volume /data.
#
#   docker build -t danvan .
#   docker run --read-only --tmpfs /tmp -v danvan:/data -p 127.0.0.1:8000:8000 -e DANVAN_ACCESS=restricted danvan
#
# compose.yaml does the same with PostgreSQL and the Telegram bot beside it.

FROM python:3.11-slim-bookworm AS build
WORKDIR /src
# First what changes seldom: the packages are installed anew only where they have changed.
COPY pyproject.toml constraints.txt README.md LICENSE THIRD-PARTY-NOTICES.md ./
ARG EXTRAS=postgres,otel
RUN mkdir -p bot index evaluation docs/directives \
    && touch bot/__init__.py index/__init__.py evaluation/__init__.py \
    && python -m venv /opt/danvan \
    && /opt/danvan/bin/pip install --no-cache-dir --disable-pip-version-check --constraint constraints.txt ".[${EXTRAS}]"
COPY bot bot
COPY index index
COPY evaluation evaluation
COPY docs/directives docs/directives
RUN /opt/danvan/bin/pip install --no-cache-dir --disable-pip-version-check --force-reinstall --no-deps . \
    && /opt/danvan/bin/python -m compileall -q /opt/danvan/lib \
    && /opt/danvan/bin/pip uninstall --yes --quiet setuptools pip

FROM python:3.11-slim-bookworm
LABEL org.opencontainers.image.title="danvan-assistant" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN groupadd --system --gid 10001 danvan \
    && useradd --system --uid 10001 --gid danvan --no-create-home --home-dir /data --shell /usr/sbin/nologin danvan \
    && install -d -o danvan -g danvan -m 0700 /data
COPY --from=build /opt/danvan /opt/danvan
ENV PATH=/opt/danvan/bin:$PATH \
    DANVAN_DATA=/data \
    DANVAN_HOST=0.0.0.0 \
    DANVAN_PORT=8000 \
    DANVAN_LOG_FORMAT=json \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
# The first start builds the index, which takes about a minute on two cores.
HEALTHCHECK --interval=30s --timeout=10s --start-period=300s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ['DANVAN_PORT'] + '/healthz', timeout=8)"]
STOPSIGNAL SIGTERM
# `docker run danvan danvan backup /data/records.zip` runs another command.
CMD ["sh", "-c", "danvan index && exec danvan serve"]
