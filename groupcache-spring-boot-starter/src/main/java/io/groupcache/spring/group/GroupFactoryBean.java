package io.groupcache.spring.group;

import io.groupcache.Group;
import io.groupcache.GroupCache;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.RootBeanDefinition;

/** Makes a group a bean that can be injected with its name as qualifier. */
final class GroupFactoryBean implements FactoryBean<Group> {

  private final String name;
  private final GroupCache groupCache;

  GroupFactoryBean(String name, GroupCache groupCache) {
    this.name = name;
    this.groupCache = groupCache;
  }

  /** Defines the bean without a lambda, of which nothing could be generated ahead of time. */
  static RootBeanDefinition definition(String name) {
    RootBeanDefinition definition = new RootBeanDefinition(GroupFactoryBean.class);
    var arguments = definition.getConstructorArgumentValues();
    arguments.addIndexedArgumentValue(0, name);
    arguments.addIndexedArgumentValue(1, new RuntimeBeanReference(GroupCache.class));
    definition.setAttribute(FactoryBean.OBJECT_TYPE_ATTRIBUTE, Group.class);
    definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
    return definition;
  }

  @Override
  public Group getObject() {
    return groupCache.group(name);
  }

  @Override
  public Class<?> getObjectType() {
    return Group.class;
  }
}
