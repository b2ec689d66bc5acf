import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.opensearch.common.logging.LogConfigurator;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.transport.Netty4Plugin;

/** One node of OpenSearch of its jars alone, by `config/opensearch.yml` below the folder that is given. */
final class Node extends org.opensearch.node.Node {
  private Node(Environment environment) {
    super(environment, List.of(Netty4Plugin.class), true);
  }

  public static void main(String[] given) throws Exception {
    Path home = Path.of(given[0]);
    Settings settings = Settings.builder().put("path.home", home).build();
    Environment environment =
        InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), home.resolve("config"), () -> "node");
    LogConfigurator.setNodeName(NODE_NAME_SETTING.get(environment.settings()));
    LogConfigurator.configure(environment);
    new Node(environment).start();
    new CountDownLatch(1).await();
  }
}
