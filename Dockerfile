# Docker itself cannot be run on the machine that tests this repository: what is tested there is the same publish, as a folder.
#   docker build -t quantdash .
#   docker run -p 127.0.0.1:8888:8888 -v quantdash:/data quantdash
# With PostgreSQL, ntfy, Prometheus and Grafana beside it: ops/compose.yaml.

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
# plotly.js comes by npm (build/Plotly.targets)
RUN apt-get update && apt-get install -y --no-install-recommends npm && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY global.json Directory.Build.props Directory.Build.targets Directory.Packages.props .editorconfig BannedSymbols.txt appsettings.json ./
COPY build build
COPY QuantDash.Core QuantDash.Core
COPY QuantDash.Web QuantDash.Web
# A folder, neither single-file nor trimmed: QuantDash.Web/Adapters/Storage/SqliteNative.cs says why.
RUN dotnet publish QuantDash.Web -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
# The system's patched SQLite, used instead of the packaged 3.35.5; time zones and collation for exchange calendars.
RUN apt-get update && apt-get install -y --no-install-recommends libsqlite3-0 tzdata && rm -rf /var/lib/apt/lists/* \
    && mkdir /data && chown app /data
COPY --from=build /app /app
COPY ops/probe.sh /probe.sh
WORKDIR /data
# Inside a container loopback is the container's own: publish the port on the host's loopback, as above. Without diagnostics nothing is written outside /data.
ENV QUANTDASH_ROOT=/data QuantDash__DataDirectory=/data Urls=http://+:8888 DOTNET_EnableDiagnostics=0
EXPOSE 8888
VOLUME /data
USER app
# Ready is another question (recovered, and the journal writes): an orchestrator that kills a trader because its database is away makes nothing better.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 CMD ["bash", "/probe.sh"]
ENTRYPOINT ["dotnet", "/app/QuantDash.Web.dll"]
