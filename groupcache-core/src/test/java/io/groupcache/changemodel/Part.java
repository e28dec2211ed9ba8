package io.groupcache.changemodel;

import java.util.function.Consumer;

/** A part of what can happen. */
interface Part {

  /** Gives each step that this part allows in the world. */
  void stepsFrom(World world, Consumer<Step> steps);
}
