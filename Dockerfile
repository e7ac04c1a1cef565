# Two stages: the first installs what the lock file lists and the project itself, the second holds only what runs.
FROM python:3.11-slim-bookworm AS build
WORKDIR /src
RUN python -m venv /opt/gongkai
COPY requirements.lock ./
RUN /opt/gongkai/bin/pip install --no-cache-dir --require-hashes --no-deps --only-binary :all: --requirement requirements.lock
COPY pyproject.toml README.md ./
COPY extractors extractors
COPY schemas schemas
COPY service service
RUN /opt/gongkai/bin/pip install --no-cache-dir --no-deps --no-build-isolation --no-index . \
    && /opt/gongkai/bin/pip uninstall --yes setuptools pip

FROM python:3.11-slim-bookworm
# LibreOffice converts DOC, WPS and RTF; unar unpacks RAR archives
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libreoffice-writer-nogui unar \
    && rm -rf /var/lib/apt/lists/*
RUN groupadd --gid 10001 gongkai \
    && useradd --uid 10001 --gid gongkai --no-create-home --shell /usr/sbin/nologin gongkai
COPY --from=build /opt/gongkai /opt/gongkai
ENV PATH=/opt/gongkai/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    GONGKAI_HOST=0.0.0.0 \
    GONGKAI_DATA_DIR=/data
RUN mkdir /data && chown gongkai:gongkai /data
VOLUME /data
USER gongkai
WORKDIR /tmp
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/livez', timeout=4)"]
CMD ["gongkai", "serve"]
