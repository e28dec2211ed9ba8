package io.groupcache.changemodel;

import java.util.function.Supplier;

/** One thing that can happen, and the world after it. The words are made only when asked for. */
record Step(Supplier<String> words, World next) {}
