//go:build tools

// Package toxiproxy pins the version of toxiproxy that the fault harness is built with.
package toxiproxy

import _ "github.com/Shopify/toxiproxy/v2/cmd/server"
