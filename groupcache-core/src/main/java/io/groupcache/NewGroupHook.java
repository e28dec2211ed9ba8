package io.groupcache;

/** Is told of each group that is made: see {@link GroupCache#onNewGroup}. */
@FunctionalInterface
public interface NewGroupHook {

  /** Called once the group can be found by its name, in the thread that makes it. */
  void groupCreated(Group group);
}
