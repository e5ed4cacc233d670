# docker build -t poimuri .   docker run --rm -v "$PWD:/work" --user "$(id -u):$(id -g)" poimuri run exports tables
FROM python:3.12-slim AS build
COPY . /source
RUN pip install --no-cache-dir uv==0.13.9 \
    && cd /source \
    && uv export --locked --no-dev --extra research --no-emit-project --format requirements.txt -o /requirements.txt \
    && uv build --wheel --out-dir /wheels

FROM python:3.12-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends libvoikko1 voikko-fi \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /requirements.txt /wheels /install/
RUN pip install --no-cache-dir --require-hashes -r /install/requirements.txt \
    && pip install --no-cache-dir --no-deps /install/*.whl \
    && rm -rf /install \
    && useradd --create-home poimuri
USER poimuri
WORKDIR /work
ENTRYPOINT ["poimuri"]
CMD ["--help"]
