package io.groupcache.spring.http.server;

import io.groupcache.spring.http.wire.LogText;
import io.groupcache.spring.http.wire.ProcessId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Says once that this peer asks itself: by a name that it does not know as its own. */
final class TwinWarning {

  private static final Log log = LogFactory.getLog(TwinWarning.class);

  private final ProcessId self;
  private final AtomicBoolean said = new AtomicBoolean();

  TwinWarning(ProcessId self) {
    this.self = self;
  }

  /** Looks at who asks. */
  void check(long asker, HttpServletRequest request) {
    if (asker == self.value() && said.compareAndSet(false, true)) {
      log.warn(
          "groupcache.peers lists this peer twice: it is asked by itself, by the host "
              + LogText.oneLine(String.valueOf(request.getHeader("Host")))
              + ", which is not that of groupcache.self. It owns the keys of both. List it once.");
    }
  }
}
