# The program alone: no shell, no package, nobody's rights. Built from the
# repository's root: docker build -t yangguang .
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=false -gcflags='yangguang/site/...=-l' -ldflags='-s -w -buildid=' -o /out/yangguang ./cmd/yangguang
# A new volume takes over whose its folder is.
RUN mkdir -p /out/keys /out/data

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/yangguang /yangguang
COPY --from=build --chown=65532:65532 /out/keys /keys
COPY --from=build --chown=65532:65532 /out/data /data
USER 65532:65532
ENV YANGGUANG_ADDR=0.0.0.0:8080 YANGGUANG_DATA=/data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD ["/yangguang", "ready"]
ENTRYPOINT ["/yangguang"]
