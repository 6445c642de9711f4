package sdm;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.event.EventListener;

/**
 * SDM's login on Spring Boot. What the documents say is written in Admin; everything else is left to the framework. WITH names habits
 * and mistakes, separated by commas; USERS is a JSON list of accounts. It prints its address.
 */
@SpringBootApplication
public class Server {
  static final Set<String> CHOSEN = Set.of(System.getenv().getOrDefault("WITH", "").split(","));
  static final Map<String, String> PASSWORDS = new HashMap<>();

  static boolean has(String name) {
    return CHOSEN.contains(name);
  }

  public static void main(String[] args) throws Exception {
    List<Map<String, String>> users = new ObjectMapper().readValue(System.getenv("USERS"), new TypeReference<>() {});
    for (Map<String, String> user : users) {
      PASSWORDS.put(user.get("login"), user.get("password"));
    }
    if (!has("without-a-route")) {
      System.setProperty("jvmRoute", "tomcat1"); // Tomcat ends its session IDs with it
    }
    Map<String, Object> settings = new TreeMap<>();
    settings.put("server.port", "0");
    settings.put("server.address", "127.0.0.1");
    settings.put("server.servlet.context-path", "/rest");
    settings.put("logging.level.root", "ERROR");
    settings.put("spring.main.banner-mode", "off");
    settings.put("server.tomcat.threads.max", "20");
    if (has("gzip")) {
      settings.put("server.compression.enabled", "true");
      settings.put("server.compression.min-response-size", "0");
      settings.put("server.compression.mime-types", "application/json,application/xml");
    }
    if (has("error-pages")) {
      settings.put("server.error.include-message", "always");
      settings.put("server.error.include-stacktrace", "always");
    }
    if (has("cookie-for-the-console")) {
      settings.put("server.servlet.session.cookie.path", "/console");
    }
    if (has("wrapped-in-the-root")) {
      settings.put("spring.jackson.serialization.WRAP_ROOT_VALUE", "true");
    }
    SpringApplication app = new SpringApplication(Server.class);
    app.setDefaultProperties(settings);
    app.run(args);
  }

  @EventListener
  void started(ServletWebServerInitializedEvent event) {
    System.out.println("http://127.0.0.1:" + event.getWebServer().getPort());
    System.out.flush();
  }
}
