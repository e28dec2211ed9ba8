package io.groupcache.spring.http.server.mvc;

import io.groupcache.spring.http.server.PeerController;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hides what a peer sends from all that would parse it, before the {@link PeerController} has
 * refused it: a broken form would else be the server's failure, and a whole upload would be kept on
 * its disk.
 */
public final class NoFormsFilter implements Filter {

  private final PeerEndpoint endpoint;

  /** Makes a filter, which leaves all requests alone that can't lead to {@code endpoint}. */
  public NoFormsFilter(PeerEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest sent = (HttpServletRequest) request;
    chain.doFilter(endpoint.mayBeAskedBy(sent) ? new Untyped(sent) : sent, response);
  }

  private static final class Untyped extends HttpServletRequestWrapper {

    Untyped(HttpServletRequest request) {
      super(request);
    }

    @Override
    public @Nullable String getContentType() {
      return null;
    }

    // Filters that ask for these would have the server parse what was sent, whatever its type.

    @Override
    public @Nullable String getParameter(String name) {
      return null;
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
      return null;
    }

    @Override
    public Map<String, String[]> getParameterMap() {
      return Map.of();
    }

    @Override
    public Enumeration<String> getParameterNames() {
      return Collections.emptyEnumeration();
    }

    @Override
    public @Nullable Part getPart(String name) {
      return null;
    }

    @Override
    public Collection<Part> getParts() {
      return List.of();
    }
  }
}
