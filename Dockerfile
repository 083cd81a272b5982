# Throughline in an image: packages exactly as the lock file says, pages built, run as a user without rights.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY scripts ./scripts
RUN npm ci --ignore-scripts
COPY . .
RUN npx svelte-kit sync && node scripts/build-when-stale.mjs
RUN npm prune --omit=dev --ignore-scripts

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /app
COPY --from=build --chown=node:node /app/package.json ./
COPY --from=build --chown=node:node /app/node_modules ./node_modules
COPY --from=build --chown=node:node /app/build ./build
COPY --from=build --chown=node:node /app/server ./server
COPY --from=build --chown=node:node /app/src ./src
COPY --from=build --chown=node:node /app/static ./static
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 3000
# Its own process, so that the signal to stop reaches the server itself.
CMD ["node", "server/main.ts"]
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/readyz').then((it) => process.exit(it.ok ? 0 : 1), () => process.exit(1))"]
