package storware;

import static storware.Server.has;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

@Path("/session")
@Produces(MediaType.APPLICATION_JSON)
@Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
public class Sessions {
  /** One who logs in: a user, or a node. */
  static class Account {
    String login;
    String password;
    String guid;
    Long good;
    Long failed;
    int wrong;
  }

  public static class Credentials {
    public String login;
    public String password;
    public String token;
  }

  private final Map<String, Account> users = new HashMap<>();
  private final Map<String, Account> tokens = new HashMap<>();
  private final Account node = new Account();

  Sessions() {
    for (Map<String, String> u : Server.users) {
      Account a = new Account();
      a.login = u.get("login");
      a.password = u.get("password");
      a.guid = UUID.nameUUIDFromBytes(a.login.getBytes()).toString();
      users.put(a.login, a);
      tokens.put("token-of-the-user-" + users.size(), a);
    }
    node.login = "node-1";
    node.password = "Node-Password-1";
  }

  @GET
  public Response status() {
    return has("status-200") ? Response.ok("{}").build() : Response.noContent().build();
  }

  @POST
  @Path("/login")
  public Response login(Credentials c, @Context HttpServletRequest request) {
    return open(check(c == null || c.login == null ? null : users.get(c.login), c, request), request);
  }

  @POST
  @Path("/login-with-token")
  public Response loginWithToken(Credentials c, @Context HttpServletRequest request) {
    Account a = c == null ? null : tokens.get(c.token);
    if (a == null && has("missing-token-is-the-first") && c != null && c.token == null) {
      a = tokens.get("token-of-the-user-1");
    }
    if (a == null) {
      throw new WebApplicationException(Response.status(401).build());
    }
    return open(a, request);
  }

  @POST
  @Path("/node/login")
  public Response nodeLogin(Credentials c, @Context HttpServletRequest request) {
    return open(check(c != null && node.login.equals(c.login) ? node : null, c, request), request);
  }

  @POST
  @Path("/logout")
  public Response logout(@Context HttpServletRequest request) {
    if (!has("logout-without-a-session-succeeds")) {
      who(request);
    }
    if (request.getSession(false) != null && !has("logout-forgets-nothing")) {
      request.getSession(false).invalidate();
    }
    return Response.status(201).build();
  }

  @GET
  @Path("/user")
  public Map<String, Object> user(@Context HttpServletRequest request) {
    return info(who(request));
  }

  @GET
  @Path("/user/details")
  public Map<String, Object> details(@Context HttpServletRequest request) {
    Account a = who(request);
    Map<String, Object> all = info(a);
    all.put("guid", has("guid-anew") ? UUID.randomUUID().toString() : a.guid);
    if (has("password-in-the-details")) {
      all.put("password", a.password);
    }
    return all;
  }

  private Account check(Account a, Credentials c, HttpServletRequest request) {
    if (has("user-before-the-password") && a != null) {
      request.getSession().setAttribute("user", a);
    }
    if (a == null) {
      if (has("anybody-is-a-guest")) {
        return users.values().iterator().next();
      }
      throw new WebApplicationException(Response.status(401).build());
    }
    synchronized (a) {
      boolean right = has("missing-password-matches") && c.password == null || a.password.equals(c.password)
          || has("password-without-case") && a.password.equalsIgnoreCase(c.password)
          || has("password-by-beginning") && c.password != null && a.password.startsWith(c.password)
          || has("password-trimmed") && c.password != null && a.password.equals(c.password.trim());
      if (has("lockout") && a.wrong >= 3) {
        throw new WebApplicationException(Response.status(403).build());
      }
      if (!right) {
        a.wrong++;
        a.failed = now();
        throw new WebApplicationException(Response.status(401).build());
      }
      a.wrong = 0;
      return a;
    }
  }

  private Response open(Account a, HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session != null && !has("session-taken-over")) {
      session.invalidate();
    }
    request.getSession(true).setAttribute("user", a);
    synchronized (a) {
      a.good = has("times-frozen") && a.good != null ? a.good : now();
      if (has("failed-moves-with-good")) {
        a.failed = a.good;
      }
    }
    if (has("user-and-details-disagree")) {
      request.getSession().setAttribute("other", true);
    }
    return Response.status(has("login-200") ? 200 : 201).entity(info(a)).build();
  }

  private Account who(HttpServletRequest request) {
    HttpSession session = request.getSession(has("reads-make-sessions"));
    Object user = session == null ? null : session.getAttribute("user");
    if (user == null && has("reads-make-sessions")) {
      user = users.values().iterator().next();
    }
    if (user == null) {
      throw new WebApplicationException(Response.status(has("forbidden-for-unauthorized") ? 403 : 401).build());
    }
    return (Account) user;
  }

  private static long now() {
    long t = System.currentTimeMillis();
    return has("times-in-whole-seconds") ? t / 1000 * 1000 : has("times-in-seconds") ? t / 1000 : t;
  }

  private static Map<String, Object> info(Account a) {
    Map<String, Object> all = new HashMap<>();
    synchronized (a) {
      all.put(has("names-swapped") ? "lastFailedLogin" : "lastSuccessfulLogin", a.good);
      if (a.failed != null || !has("nulls-left-out")) {
        all.put(has("names-swapped") ? "lastSuccessfulLogin" : "lastFailedLogin", has("times-as-text") ? String.valueOf(a.failed) : a.failed);
      }
    }
    all.put("uiTimeZone", has("zone-of-the-server") ? Objects.toString(java.util.TimeZone.getDefault()) : "UTC");
    return all;
  }
}
