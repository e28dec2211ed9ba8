// Command benchmarks is golang/groupcache in the benchmarks of remote gets: a server that owns all
// keys, or a client that owns none and asks the servers.
//
//	benchmarks server SIZE          a peer whose values have SIZE bytes; prints "READY URL"
//	benchmarks client SIZE URL...   prints "READY", then answers commands of its standard input:
//	    fill KEYS                   gets every key once
//	    get CALLERS MILLIS KEYS     that many goroutines get keys one by one, as fast as they can
//
// Both end when their standard input does. Keys, values and checks are those of Values.java.
package main

import (
	"bufio"
	"context"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/golang/groupcache"
)

const callersAtMost = 256

func main() {
	size := number(os.Args[2])
	if os.Args[1] == "server" {
		serve(size)
	} else {
		answer(newClient(size, os.Args[3:]))
	}
}

func serve(size int) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	self := "http://" + listener.Addr().String()
	pool := groupcache.NewHTTPPool(self)
	pool.Set(self)
	groupcache.NewGroup("values", 64<<20, groupcache.GetterFunc(
		func(_ context.Context, key string, dest groupcache.Sink) error {
			return dest.SetBytes(value(key, size))
		}))
	go func() { log.Fatal(http.Serve(listener, nil)) }()
	fmt.Println("READY", self)
	bufio.NewReader(os.Stdin).ReadString(0) // until the end
}

func value(key string, size int) []byte {
	value := make([]byte, size)
	for i := copy(value, key); i < size; i++ {
		value[i] = byte('a' + i%26)
	}
	return value
}

type client struct {
	group *groupcache.Group
	size  int
}

func newClient(size int, servers []string) *client {
	pool := groupcache.NewHTTPPool("http://127.0.0.1:1") // nobody's address, and not on the ring
	// The default transport keeps 2 idle connections of a host, so that it would connect anew for
	// most gets. A fair rival keeps as many as there are callers.
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConns = callersAtMost
	transport.MaxIdleConnsPerHost = callersAtMost
	pool.Transport = func(context.Context) http.RoundTripper { return transport }
	pool.Set(servers...) // which takes the transport that there is
	// No bytes to cache with, so that each get is a remote one.
	group := groupcache.NewGroup("values", 0, groupcache.GetterFunc(
		func(_ context.Context, key string, _ groupcache.Sink) error {
			return fmt.Errorf("the client was to load %s itself", key)
		}))
	return &client{group, size}
}

func (c *client) get(key string) {
	var view groupcache.ByteView
	check(c.group.Get(context.Background(), key, groupcache.ByteViewSink(&view)))
	if view.Len() != c.size || !view.Slice(0, len(key)).EqualString(key) ||
		view.At(c.size-1) != byte('a'+(c.size-1)%26) {
		log.Fatalf("a wrong value for %s: %v", key, view)
	}
}

func answer(c *client) {
	fmt.Println("READY")
	commands := bufio.NewScanner(os.Stdin)
	for commands.Scan() {
		words := strings.Fields(commands.Text())
		switch words[0] {
		case "fill":
			for _, key := range keys(number(words[1])) {
				c.get(key)
			}
			fmt.Println("DONE gets=" + words[1])
		case "get":
			c.load(number(words[1]), time.Duration(number(words[2]))*time.Millisecond, keys(number(words[3])))
		default:
			log.Fatalf("no such command: %s", commands.Text())
		}
	}
}

// load has each caller get its own share of the keys over and over, so that no two ask for the same
// key at a time and single flight has nothing to save.
func (c *client) load(callers int, length time.Duration, keys []string) {
	before := c.group.Stats.PeerLoads.Get()
	latencies := make([]histogram, callers)
	start := time.Now()
	var all sync.WaitGroup
	for caller := range latencies {
		all.Add(1)
		go func() {
			defer all.Done()
			for i, last := caller, start; last.Sub(start) < length; {
				c.get(keys[i])
				now := time.Now()
				latencies[caller].record(now.Sub(last))
				last = now
				if i += callers; i >= len(keys) {
					i = caller
				}
			}
		}()
	}
	all.Wait()
	took := time.Since(start)
	var sum histogram
	for i := range latencies {
		sum.add(&latencies[i])
	}
	if remote := c.group.Stats.PeerLoads.Get() - before; remote != int64(sum.count) {
		log.Fatalf("%d gets were %d remote gets", sum.count, remote)
	}
	fmt.Printf("DONE gets=%d nanos=%d p50=%d p99=%d\n",
		sum.count, took.Nanoseconds(), sum.percentile(0.50), sum.percentile(0.99))
}

func keys(count int) []string {
	keys := make([]string, count)
	for i := range keys {
		keys[i] = "key:" + strconv.Itoa(i)
	}
	return keys
}

func number(text string) int {
	n, err := strconv.Atoi(text)
	check(err)
	return n
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
