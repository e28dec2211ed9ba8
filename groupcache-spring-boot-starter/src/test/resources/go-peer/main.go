// Command go-peer is one peer of golang/groupcache, for tests of rings of Go and Java peers.
//
// Its getter gives the values that the tests' Java peer gives, so that all peers of a ring agree:
//
//	"{group} {key}"   for most keys
//	an error          for keys that begin with "fail:" or "missing:"
//
// Besides groupcache's own path it answers the tests. Groups and keys are hexadecimal UTF-8 there,
// so that any bytes survive the way:
//
//	GET /test/get?group=HEX&key=HEX   the value through this peer's group, or 500
//	GET /test/owner?key=HEX           the base URL of the key's owner, as Go sees it
//	GET /test/runs                    a line "HEX HEX n" for each group and key: n getter runs
package main

import (
	"context"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/golang/groupcache"
	"github.com/golang/groupcache/consistenthash"
)

const replicas = 50 // what NewHTTPPool has; consistenthash needs to be told

var (
	self   = flag.String("self", "", "base URL of this peer")
	peers  = flag.String("peers", "", "base URLs of all peers, separated by commas")
	listen = flag.String("listen", "", "address to listen on, such as 127.0.0.1:8080")
	groups = flag.String("groups", "", "groups to serve, hexadecimal, separated by commas")
	runLog = flag.String("run-log", "", "file to add a line to for each run of a getter")
	delay  = flag.Duration("delay", 0, "how long the getter takes for keys that begin with slow:")
)

func main() {
	flag.Parse()
	all := strings.Split(*peers, ",")
	pool := groupcache.NewHTTPPool(*self) // answers on the default mux, as most Go peers do
	pool.Set(all...)
	ring := consistenthash.New(replicas, nil)
	ring.Add(all...)

	runs := &counter{runs: make(map[string]int), log: openLog()}
	for _, text := range strings.Split(*groups, ",") {
		group := decode(text)
		groupcache.NewGroup(group, 64<<20, getter(group, runs))
	}

	http.HandleFunc("/test/get", get)
	http.HandleFunc("/test/owner", func(w http.ResponseWriter, r *http.Request) {
		key := parameter(r, "key")
		owner := ring.Get(key)
		if _, remote := pool.PickPeer(key); remote != (owner != *self) {
			http.Error(w, "the pool and the ring disagree", http.StatusInternalServerError)
			return
		}
		fmt.Fprint(w, owner)
	})
	http.HandleFunc("/test/runs", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, runs.report())
	})
	log.Fatal(http.ListenAndServe(*listen, nil))
}

func getter(group string, runs *counter) groupcache.Getter {
	return groupcache.GetterFunc(
		func(_ context.Context, key string, dest groupcache.Sink) error {
			runs.add(group, key)
			if strings.HasPrefix(key, "fail:") {
				return errors.New("told to fail for " + key)
			}
			if strings.HasPrefix(key, "missing:") {
				return errors.New("there is no " + key)
			}
			if strings.HasPrefix(key, "slow:") {
				time.Sleep(*delay)
			}
			return dest.SetString(group + " " + key)
		})
}

func get(w http.ResponseWriter, r *http.Request) {
	group := groupcache.GetGroup(parameter(r, "group"))
	if group == nil {
		http.Error(w, "no such group", http.StatusNotFound)
		return
	}
	var value []byte
	err := group.Get(r.Context(), parameter(r, "key"), groupcache.AllocatingByteSliceSink(&value))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Write(value)
}

func parameter(r *http.Request, name string) string {
	return decode(r.URL.Query().Get(name))
}

func decode(text string) string {
	bytes, err := hex.DecodeString(text)
	if err != nil {
		panic(err)
	}
	return string(bytes)
}

// counter counts the getter's runs.
type counter struct {
	mu   sync.Mutex
	runs map[string]int // keyed by a report's line, but for the count
	log  io.Writer
}

func openLog() io.Writer {
	if *runLog == "" {
		return io.Discard
	}
	file, err := os.OpenFile(*runLog, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		log.Fatal(err)
	}
	return file
}

func (c *counter) add(group, key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	line := fmt.Sprintf("%x %x", group, key)
	c.runs[line]++
	fmt.Fprintln(c.log, line)
}

func (c *counter) report() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var lines strings.Builder
	for line, n := range c.runs {
		fmt.Fprintf(&lines, "%s %d\n", line, n)
	}
	return lines.String()
}
