# A collector of your own: docs/self-hosting.md. No install script of any package runs.

# The version of the devDependency "node".
FROM node:24.21.0-trixie-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json wrangler.toml ./
COPY shared ./shared
COPY snippet ./snippet
COPY worker ./worker
COPY tools ./tools
RUN node tools/build.ts

FROM node:24.21.0-trixie-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --omit=dev

FROM node:24.21.0-trixie-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8787 DATA_DIR=/data
WORKDIR /app
# Owned by the user, so that a new volume is too.
RUN install -d -o node -g node -m 700 /data /backups
COPY LICENSE package.json ./
COPY shared ./shared
COPY tools ./tools
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
USER node
VOLUME /data
EXPOSE 8787
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=2", "--optimize-for-size", "tools/start.ts"]
