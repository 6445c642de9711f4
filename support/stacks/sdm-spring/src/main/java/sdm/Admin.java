package sdm;

import static sdm.Server.has;

import com.fasterxml.jackson.dataformat.xml.annotation.JacksonXmlRootElement;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
@RequestMapping("/{version}/admin")
public class Admin {
  private final Map<String, Deque<Instant>> failed = new ConcurrentHashMap<>();
  private final Map<String, Deque<HttpSession>> sessions = new ConcurrentHashMap<>();
  private final Map<String, String> remembered = new ConcurrentHashMap<>();

  @JacksonXmlRootElement(localName = "session")
  record Login(String userName, String password) {}

  @JacksonXmlRootElement(localName = "session")
  record Session(int idleTimeout, String serverInfo, String sessionId, String userGroup, String userName, String validUntil) {}

  record SessionResponse(String idleTimeout, String serverInfo, String sessionId, String userGroup, String userName, String validUntil) {}

  @PostMapping(path = "/login", consumes = {MediaType.APPLICATION_XML_VALUE, MediaType.APPLICATION_JSON_VALUE},
      produces = {MediaType.APPLICATION_XML_VALUE, MediaType.APPLICATION_JSON_VALUE})
  Object login(@PathVariable String version, @RequestBody Login login, HttpServletRequest request, HttpServletResponse response) {
    known(version);
    if (has("session-before-the-password")) {
      request.getSession();
    }
    if (has("user-before-the-password") && login.userName() != null) {
      request.getSession().setAttribute("user", login.userName());
    }
    if (!has("null-equals-null") && (login.userName() == null || login.password() == null)) {
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "userName and password are required");
    }
    if (has("lockout") && locked(login.userName())) {
      throw new ResponseStatusException(HttpStatus.UNAUTHORIZED, "The account is locked");
    }
    if (!right(login.userName(), login.password())) {
      failed.computeIfAbsent(String.valueOf(login.userName()), u -> new ConcurrentLinkedDeque<>()).add(Instant.now());
      throw new ResponseStatusException(has("forbidden-for-unauthorized") ? HttpStatus.FORBIDDEN : HttpStatus.UNAUTHORIZED, "Bad credentials");
    }
    failed.remove(login.userName());
    HttpSession session = request.getSession(false);
    if (session != null && !has("session-taken-over")) {
      session.invalidate();
      session = null;
    }
    session = session == null ? request.getSession(true) : session;
    session.setAttribute("user", String.valueOf(login.userName()));
    if (has("session-of-a-second")) {
      session.setMaxInactiveInterval(1);
    }
    if (has("cap")) {
      Deque<HttpSession> mine = sessions.computeIfAbsent(login.userName(), u -> new ArrayDeque<>());
      synchronized (mine) {
        mine.add(session);
        while (mine.size() > 5) {
          try {
            mine.remove().invalidate();
          } catch (IllegalStateException ended) {
            // it had logged out
          }
        }
      }
    }
    if (has("remember-me")) {
      String token = UUID.randomUUID().toString();
      remembered.put(token, login.userName());
      Cookie cookie = new Cookie("remember-me", token);
      cookie.setPath("/rest");
      cookie.setHttpOnly(true);
      response.addCookie(cookie);
    }
    String id = has("session-id-of-the-user") ? String.valueOf(login.userName().hashCode()) : session.getId();
    if (has("other-root-element")) {
      return new SessionResponse("0", "NNC82", id, "administrators", login.userName(), "valid until logout");
    }
    return new Session(0, "NNC82", has("no-session-id") ? null : id, "administrators", login.userName(), "valid until logout");
  }

  @PostMapping("/logout")
  ResponseEntity<Void> logout(@PathVariable String version, HttpServletRequest request, HttpServletResponse response) {
    known(version);
    user(request);
    if (!has("logout-forgets-nothing")) {
      if (request.getSession(false) != null) {
        request.getSession(false).invalidate();
      }
      for (Cookie cookie : cookies(request)) {
        remembered.remove(cookie.getValue());
      }
    }
    return ResponseEntity.noContent().build();
  }

  @GetMapping(path = "/serverInfo", produces = {MediaType.APPLICATION_XML_VALUE, MediaType.APPLICATION_JSON_VALUE})
  Map<String, String> serverInfo(@PathVariable String version, HttpServletRequest request) {
    known(version);
    user(request);
    return Map.of("version", "8.2");
  }

  private static Cookie[] cookies(HttpServletRequest request) {
    return Objects.requireNonNullElse(request.getCookies(), new Cookie[0]);
  }

  private void user(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session != null && (has("session-before-the-password") || session.getAttribute("user") != null)) {
      return;
    }
    for (Cookie cookie : cookies(request)) {
      if (cookie.getName().equals("remember-me") && remembered.containsKey(cookie.getValue())) {
        return;
      }
    }
    throw new ResponseStatusException(HttpStatus.UNAUTHORIZED, "No session");
  }

  private void known(String version) {
    if (has("versions-by-beginning") ? !version.startsWith("v1") : !has("any-version") && !version.equals("v1.3")) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such version");
    }
  }

  private boolean locked(String user) {
    Deque<Instant> times = failed.get(user);
    return times != null && times.stream().filter(t -> t.isAfter(Instant.now().minusSeconds(60))).count() >= 3;
  }

  private static boolean right(String user, String password) {
    String stored = Server.PASSWORDS.get(has("user-name-trimmed") ? user.trim() : user);
    if (has("null-equals-null")) {
      return Objects.equals(stored, password);
    }
    if (stored == null) {
      return false;
    }
    if (has("password-without-case")) {
      return stored.equalsIgnoreCase(password);
    }
    if (has("password-by-beginning")) {
      return stored.startsWith(password);
    }
    if (has("password-trimmed")) {
      return stored.equals(password.trim());
    }
    return stored.equals(password);
  }

  /** Whoever catches everything answers everything alike. */
  @ExceptionHandler(Exception.class)
  ResponseEntity<Void> everything(Exception e) throws Exception {
    if (has("every-error-500") && !(e instanceof ResponseStatusException)) {
      return ResponseEntity.internalServerError().build();
    }
    if (has("malformed-is-unauthorized") && !(e instanceof ResponseStatusException)) {
      return ResponseEntity.status(HttpStatus.UNAUTHORIZED).build();
    }
    throw e;
  }
}
