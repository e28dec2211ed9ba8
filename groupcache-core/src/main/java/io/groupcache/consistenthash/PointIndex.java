package io.groupcache.consistenthash;

import java.util.Arrays;

/**
 * Sorted points, and where to begin in them: the circle is cut into about as many equal arcs as
 * there are points, so that a search among those of one arc is a step or two. Where a hash function
 * crowds all of them into a few arcs, it is a binary search still. Immutable.
 */
final class PointIndex {

  private final int[] points;

  /** For each arc the first point at or after its beginning; and then the end of all. */
  private final int[] starts;

  /** What is left of a point when it is shifted so far says which arc it is on. */
  private final int shift;

  /** Makes an index of points that are in signed order, and stay as they are. */
  PointIndex(int[] points) {
    this.points = points;
    int arcs = Math.max(2, Integer.highestOneBit(points.length));
    this.shift = Integer.numberOfLeadingZeros(arcs) + 1;
    this.starts = new int[arcs + 1];
    int index = 0;
    for (int arc = 0; arc < arcs; arc++) {
      while (index < points.length && arc(points[index]) < arc) {
        index++;
      }
      starts[arc] = index;
    }
    starts[arcs] = points.length;
  }

  /** The index of the first point at or after that one; the number of points when there is none. */
  int firstAtOrAfter(int point) {
    int arc = arc(point);
    int index = Arrays.binarySearch(points, starts[arc], starts[arc + 1], point);
    return index >= 0 ? index : -(index + 1);
  }

  /** Which arc a point is on; the first begins with the lowest signed number. */
  private int arc(int point) {
    return (point ^ Integer.MIN_VALUE) >>> shift;
  }
}
