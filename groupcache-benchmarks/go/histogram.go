package main

import (
	"math/bits"
	"time"
)

// histogram counts latencies in nanoseconds, each within 1 %, as HdrHistogram does with 2 digits.
type histogram struct {
	count   uint64
	buckets [58 * half]uint64
}

const half = 128

func (h *histogram) record(latency time.Duration) {
	h.count++
	h.buckets[bucket(uint64(latency))]++
}

func (h *histogram) add(other *histogram) {
	h.count += other.count
	for i, n := range other.buckets {
		h.buckets[i] += n
	}
}

func (h *histogram) percentile(fraction float64) uint64 {
	left := uint64(fraction * float64(h.count))
	for i, n := range h.buckets {
		if n > left {
			return highest(i)
		}
		left -= n
	}
	return 0
}

// bucket: below 2*half each value has its own; above, each power of two is cut into half buckets.
func bucket(nanos uint64) int {
	shift := max(0, bits.Len64(nanos)-8)
	return shift*half + int(nanos>>shift)
}

func highest(bucket int) uint64 {
	if bucket < 2*half {
		return uint64(bucket)
	}
	shift := bucket/half - 1
	return uint64(bucket-shift*half+1)<<shift - 1
}
