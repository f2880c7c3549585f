import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.lang.StringEscapeUtils;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;
import org.apache.velocity.runtime.log.NullLogChute;

/**
 * Renders mapping templates with the engine that API Gateway runs. One line of input per template: the template, then
 * keys and values of what it can see (`json:$.a`, `path:$.a`, `param:id`, `context:path`), each in Base64. One line of
 * output: the text, the status, then keys and values of headers.
 */
public final class ApacheVelocity {
  public static void main(String[] arguments) throws Exception {
    VelocityEngine engine = new VelocityEngine();
    engine.setProperty("runtime.log.logsystem", new NullLogChute());
    engine.init();
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] fields = line.split(" ");
      Map<String, String> visible = new HashMap<>();
      for (int i = 1; i < fields.length; i += 2) visible.put(decode(fields[i]), decode(fields[i + 1]));
      System.out.println(render(engine, decode(fields[0]), visible));
    }
  }

  private static String render(VelocityEngine engine, String template, Map<String, String> visible) {
    Map<String, Object> header = new HashMap<>();
    Map<String, Object> override = new HashMap<>(Map.of("header", header));
    Map<String, Object> context = new HashMap<>(Map.of("responseOverride", override));
    for (String name : new String[] {"path", "requestId", "requestTimeEpoch"}) context.put(name, visible.get("context:" + name));
    VelocityContext variables = new VelocityContext();
    variables.put("input", new Input(visible));
    variables.put("util", new Util(visible));
    variables.put("context", context);
    StringWriter text = new StringWriter();
    if (!engine.evaluate(variables, text, "template", template)) throw new IllegalStateException(template);
    StringBuilder answer = new StringBuilder(encode(text.toString()));
    answer.append(' ').append(encode(String.valueOf(override.getOrDefault("status", ""))));
    header.forEach((name, value) -> answer.append(' ').append(encode(name)).append(' ').append(encode("" + value)));
    return answer.toString();
  }

  public record Input(Map<String, String> visible) {
    public String json(String path) {
      return visible.getOrDefault("json:" + path, "null");
    }

    /** Templates only ask an object of the body whether it has a key. */
    public Object path(String path) {
      String keys = visible.get("keys:" + path);
      if (keys == null) return visible.get("path:" + path);
      Map<String, Object> map = new HashMap<>();
      for (String key : keys.split("\n")) map.put(key, key);
      return map;
    }

    public String params(String name) {
      return visible.getOrDefault("param:" + name, "");
    }
  }

  public record Util(Map<String, String> visible) {
    public String escapeJavaScript(String text) {
      return StringEscapeUtils.escapeJavaScript(text);
    }

    /** Templates look at the fields of what they parse, and only `status` is a number. */
    public Map<String, Object> parseJson(String json) {
      Map<String, Object> fields = new HashMap<>();
      visible.forEach((name, value) -> {
        if (name.startsWith("parsed:")) fields.put(name.substring(7), value);
      });
      if (fields.containsKey("status")) fields.put("status", Integer.valueOf("" + fields.get("status")));
      return fields;
    }
  }

  private static String encode(String text) {
    return Base64.getEncoder().encodeToString(("." + text).getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String text) {
    return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8).substring(1);
  }
}
