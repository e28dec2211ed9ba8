/**
 * Answering peers on the port of a Spring MVC application: which of its requests are peers', and
 * how they get to the controller. Nothing of the application's handles them on the way.
 */
@NullMarked
package io.groupcache.spring.http.server.mvc;

import org.jspecify.annotations.NullMarked;
