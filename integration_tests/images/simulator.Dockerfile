# The simulator of PI Web API as an image, for compose.yaml: a stand-in, never a product.
ARG NODE_IMAGE=node:22-bookworm-slim
FROM ${NODE_IMAGE} AS build
WORKDIR /build/workspace
COPY package-lock.json ./
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc \
    --mount=type=secret,id=ca,target=/etc/ssl/certs/ca-certificates.crt \
    --mount=type=cache,target=/root/.npm \
    export npm_config_update_notifier=false npm_config_loglevel=error \
 && locked() { node -p "'$1@' + require('./package-lock.json').packages['node_modules/$1'].version"; } \
 && npm install --prefix /build --no-package-lock "$(locked typescript)" "$(locked @types/node)"
COPY .tsconfig.base.json ./
COPY integration_tests/pi-simulator integration_tests/pi-simulator
RUN node /build/node_modules/typescript/bin/tsc -p integration_tests/pi-simulator --declaration false --sourceMap false --composite false

FROM ${NODE_IMAGE}
COPY --from=build /build/workspace/integration_tests/pi-simulator /simulator
USER 1000:1000
ENTRYPOINT ["/usr/local/bin/node", "/simulator/bin/pi-simulator"]
