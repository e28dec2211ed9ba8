package io.groupcache.sample.web;

import io.groupcache.GetContext;
import io.groupcache.GetResult;
import io.groupcache.Group;
import io.groupcache.Sinks;
import io.groupcache.sample.country.Country;
import io.groupcache.sample.geo.Atlas;
import io.groupcache.sample.geo.Land;
import java.net.URI;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Facts about countries, through the group {@code countries}. */
@RestController
class CountryController {

  private final Group countries;
  private final Atlas atlas;
  private final Provenance provenance;

  CountryController(@Qualifier("countries") Group countries, Atlas atlas, Provenance provenance) {
    this.countries = countries;
    this.atlas = atlas;
    this.provenance = provenance;
  }

  @GetMapping("/countries/{code}")
  ResponseEntity<CountryFacts> country(@PathVariable String code) {
    String key = code.toUpperCase(Locale.ROOT);
    GetResult result = countries.getResult(GetContext.background(), key);
    Country country = Sinks.proto(Country.parser()).read(result.value());
    return provenance
        .answer(key, result)
        .contentType(MediaType.APPLICATION_JSON)
        .body(CountryFacts.of(country));
  }

  /** Sends the browser to the country at a place; at sea there is nothing to say. */
  @GetMapping("/countries")
  ResponseEntity<Void> at(@RequestParam double latitude, @RequestParam double longitude) {
    return atlas
        .at(latitude, longitude)
        .flatMap(Land::numericCode)
        .map(code -> ResponseEntity.status(HttpStatus.SEE_OTHER).location(uri(code)).<Void>build())
        .orElse(ResponseEntity.noContent().build());
  }

  private static URI uri(String code) {
    return URI.create("countries/" + code);
  }
}
