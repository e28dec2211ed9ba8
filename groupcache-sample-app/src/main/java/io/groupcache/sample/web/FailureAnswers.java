package io.groupcache.sample.web;

import io.groupcache.GroupCacheException;
import io.groupcache.InvalidKeyException;
import io.groupcache.KeyNotFoundException;
import io.groupcache.LoadException;
import io.groupcache.NoSuchGroupException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers a get that failed with a status, and a sentence for people. */
@RestControllerAdvice(basePackageClasses = FailureAnswers.class)
class FailureAnswers {

  private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

  @ExceptionHandler({NoSuchGroupException.class, KeyNotFoundException.class})
  ResponseEntity<String> notFound(GroupCacheException e) {
    return answer(HttpStatus.NOT_FOUND, e);
  }

  @ExceptionHandler
  ResponseEntity<String> loadFailed(LoadException e) {
    return answer(HttpStatus.BAD_GATEWAY, e);
  }

  /** As a key that is too long. */
  @ExceptionHandler({InvalidKeyException.class, InvalidColorException.class})
  ResponseEntity<String> badRequest(IllegalArgumentException e) {
    return answer(HttpStatus.BAD_REQUEST, e);
  }

  @ExceptionHandler
  ResponseEntity<String> noAnswer(GroupCacheException e) {
    return answer(HttpStatus.SERVICE_UNAVAILABLE, e);
  }

  private static ResponseEntity<String> answer(HttpStatus status, RuntimeException e) {
    return ResponseEntity.status(status).contentType(TEXT).body(e.getMessage());
  }
}
