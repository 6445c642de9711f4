package storware;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertow.Undertow;
import io.undertow.server.handlers.encoding.EncodingHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import jakarta.ws.rs.core.Application;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.resteasy.plugins.server.servlet.HttpServlet30Dispatcher;

/**
 * Storware's sessions on RESTEasy and Undertow. What the document says is written in Sessions; everything else is left to the
 * framework. WITH names habits and mistakes, separated by commas; USERS is a JSON list of accounts. It prints its address.
 */
public class Server extends Application {
  static final Set<String> CHOSEN = Set.of(System.getenv().getOrDefault("WITH", "").split(","));
  static List<Map<String, String>> users;

  static boolean has(String name) {
    return CHOSEN.contains(name);
  }

  @Override
  public Set<Class<?>> getClasses() {
    return has("errors-as-500") ? Set.of(Errors.class) : Set.of();
  }

  @Override
  public Set<Object> getSingletons() {
    return Set.of(new Sessions());
  }

  public static void main(String[] args) throws Exception {
    users = new ObjectMapper().readValue(System.getenv("USERS"), new TypeReference<>() {});
    DeploymentInfo deployment = Servlets.deployment().setClassLoader(Server.class.getClassLoader()).setContextPath("/api")
        .setDeploymentName("storware").addServlet(Servlets.servlet("api", HttpServlet30Dispatcher.class)
            .addInitParam("jakarta.ws.rs.Application", Server.class.getName()).addMapping("/*").setLoadOnStartup(1));
    if (has("session-of-a-second")) {
      deployment.setDefaultSessionTimeout(1);
    }
    deployment.setServletSessionConfig(new io.undertow.servlet.api.ServletSessionConfig().setHttpOnly(true)
        .setPath(has("cookie-for-the-console") ? "/console" : "/api"));
    DeploymentManager manager = Servlets.defaultContainer().addDeployment(deployment);
    manager.deploy();
    io.undertow.server.HttpHandler handler = io.undertow.Handlers.path().addPrefixPath("/api", manager.start());
    if (has("gzip")) {
      handler = new EncodingHandler.Builder().build(Map.of()).wrap(handler);
    }
    Undertow server = Undertow.builder().setWorkerThreads(16).setIoThreads(2).addHttpListener(0, "127.0.0.1", handler).build();
    server.start();
    System.out.println("http://127.0.0.1:" + ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort());
    System.out.flush();
  }
}
