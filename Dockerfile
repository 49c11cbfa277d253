# One connector as an image: `docker build --build-arg CONNECTOR=source-pi -t source-pi .`
# Decision 0023 says what goes in and what stays out.
ARG NODE_IMAGE=node:22-bookworm-slim
ARG CONNECTOR=source-pi

FROM ${NODE_IMAGE} AS build
# Kerberos is compiled here, never fetched ready-made: what it is made of stands in the lock.
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends g++ make python3 libkrb5-dev >/dev/null \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /build/workspace
COPY package.json package-lock.json .npmrc ./
COPY airbyte-cdk-ts/package.json airbyte-cdk-ts/
COPY sources/pi/package.json sources/pi/
COPY destination-unity/package.json destination-unity/
# Of what developers use, the compiler and Node's types alone, in the folder above.
# Registry settings and an authority's certificate may be lent; nothing of them stays.
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc \
    --mount=type=secret,id=ca,target=/etc/ssl/certs/ca-certificates.crt \
    --mount=type=cache,target=/root/.npm \
    export npm_config_build_from_source=true npm_config_nodedir=/usr/local \
    npm_config_update_notifier=false npm_config_loglevel=error \
 && locked() { node -p "'$1@' + require('./package-lock.json').packages['node_modules/$1'].version"; } \
 && npm ci --omit=dev -w airbyte-cdk-ts -w source-pi -w destination-unity \
 && test -f node_modules/kerberos/build/Release/kerberos.node \
 && npm install --prefix /build --no-package-lock "$(locked typescript)" "$(locked @types/node)"
COPY .tsconfig.base.json ./
COPY airbyte-cdk-ts airbyte-cdk-ts
COPY sources/pi sources/pi
COPY destination-unity destination-unity
COPY spec spec
RUN node /build/node_modules/typescript/bin/tsc -b sources/pi destination-unity
ARG CONNECTOR
COPY LICENSE ./
COPY integration_tests/images/assemble.cjs integration_tests/images/contents.json integration_tests/images/
RUN node integration_tests/images/assemble.cjs "$CONNECTOR" /airbyte

FROM ${NODE_IMAGE} AS base
RUN mkdir -m 0755 /secrets /config && install -d -o 1000 -g 1000 /local
WORKDIR /airbyte
ENV NODE_ENV=production

# GSSAPI is opened by the kerberos module when somebody signs in that way.
FROM base AS source-pi
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends ca-certificates libgssapi-krb5-2 >/dev/null \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/cache/debconf/*-old /var/log/apt /var/log/dpkg.log
# What bin/source-pi asks for in its first line, which nobody reads here.
ENV MALLOC_ARENA_MAX=1
ENV AIRBYTE_ENTRYPOINT="/usr/local/bin/node --max-semi-space-size=2 --heap-growing-percent=150 /airbyte/sources/pi/bin/source-pi"
ENTRYPOINT ["/usr/local/bin/node", "--max-semi-space-size=2", "--heap-growing-percent=150", "/airbyte/sources/pi/bin/source-pi"]
LABEL org.opencontainers.image.title="source-pi" \
      org.opencontainers.image.description="Airbyte source for AVEVA PI over PI Web API"

FROM base AS destination-unity
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends ca-certificates >/dev/null \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/cache/debconf/*-old /var/log/apt /var/log/dpkg.log
# What bin/destination-unity asks for in its first line, which nobody reads here.
ENV MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=262144
ENV AIRBYTE_ENTRYPOINT="/usr/local/bin/node --max-semi-space-size=2 --heap-growing-percent=50 /airbyte/destination-unity/bin/destination-unity"
ENTRYPOINT ["/usr/local/bin/node", "--max-semi-space-size=2", "--heap-growing-percent=50", "/airbyte/destination-unity/bin/destination-unity"]
LABEL org.opencontainers.image.title="destination-unity" \
      org.opencontainers.image.description="Airbyte destination for Delta tables and Unity Catalog"

FROM ${CONNECTOR}
COPY --from=build /airbyte /airbyte
USER 1000:1000
ARG CONNECTOR
ARG VERSION=0.0.0-dev
LABEL io.airbyte.name="airbyte-pi-unity/${CONNECTOR}" \
      io.airbyte.version="${VERSION}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.licenses="Apache-2.0"
