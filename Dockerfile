# One image for every program of the product: web, worker, schedule, migrations.
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
# sentry for an image that can tell Sentry of breakdowns, saml for one that signs people in by SAML.
ARG EXTRAS=core
COPY requirements/core.lock requirements/sentry.lock requirements/saml.lock /build/
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --require-hashes -r "/build/${EXTRAS}.lock"
WORKDIR /app
COPY manage.py ./
COPY config ./config
COPY okr ./okr
COPY atlassian ./atlassian
COPY atlassian_accounts ./atlassian_accounts
COPY jira_integration ./jira_integration
COPY confluence ./confluence
COPY templates ./templates
# The keys that this makes stay in /build, which the image does not have.
RUN PLUMBLINE_VAR=/build/var PLUMBLINE_STATIC=/app/staticfiles \
    /opt/venv/bin/python manage.py collectstatic --no-input \
    && /opt/venv/bin/python -m compileall -q /app

FROM python:3.11-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings \
    PLUMBLINE_PRODUCTION=yes \
    PLUMBLINE_BIND=0.0.0.0:8000 \
    PLUMBLINE_STATIC=/app/staticfiles \
    PLUMBLINE_VAR=/tmp/plumbline
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
WORKDIR /app
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/health/live', timeout=4)"]
# No shell in between: the program itself is told to stop, and every one of them listens.
CMD ["python", "-m", "config.serve", "web"]
