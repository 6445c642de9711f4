package storware;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Whoever maps every exception answers everything alike. */
@Provider
public class Errors implements ExceptionMapper<Exception> {
  @Override
  public Response toResponse(Exception e) {
    return Response.serverError().build();
  }
}
