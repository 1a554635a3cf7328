package yishi;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.elasticsearch.Build;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.http.HttpServerTransport;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * One Elasticsearch node for tests, in a process of its own: {@code Main HOME TRANSPORT}.
 *
 * HOME: an empty folder for its data; the caller removes it. TRANSPORT: a folder with the jars of the module
 * transport-netty4. Prints one line, {@code {"http": "127.0.0.1:PORT"}}, and runs until its standard input ends,
 * so that it never outlives whoever started it. Its log goes to standard error.
 *
 * It listens on the loopback only and has neither users nor TLS, nor anything that is not in the server itself:
 * no scripts, no analysis but the standard one.
 */
public final class Main {
    private static final String NAME = "yishi-tests";
    private static final int CLOSE_WITHIN_SECONDS = 10;

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream answer = System.out;
        System.setOut(System.err);
        Path home = Path.of(arguments[0]).toAbsolutePath();
        layOut(home, Path.of(arguments[1]).toAbsolutePath());
        Settings settings = settings(home);
        configureLog(settings);

        AtomicReference<Node> running = new AtomicReference<>();
        // Registered before there is a node: an end while it starts closes it as well.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(running.get())));
        Environment environment = new Environment(settings, home.resolve("config"));
        Node node = new Node(environment, modules(environment));
        running.set(node);
        node.start();

        answer.println("{\"http\": \"" + address(node) + "\"}");
        answer.flush();
        waitForEndOfInput();
        System.exit(0);
    }

    /** Make the folders that a node expects in its home. */
    private static void layOut(Path home, Path transport) throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.createDirectories(home.resolve("data"));
        Path module = Files.createDirectories(home.resolve("modules").resolve("transport-netty4"));
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(transport, "*.jar")) {
            for (Path jar : jars) {
                Path link = module.resolve(jar.getFileName());
                Files.deleteIfExists(link);
                Files.createSymbolicLink(link, jar);
            }
        }
        // No module name: then its classes see those of the class path.
        Files.writeString(
            module.resolve("plugin-descriptor.properties"),
            String.join(
                "\n",
                "name=transport-netty4",
                "description=HTTP and transport by Netty",
                "version=" + Build.current().version(),
                "elasticsearch.version=" + Build.current().version(),
                "java.version=21",
                "classname=org.elasticsearch.transport.netty4.Netty4Plugin",
                ""
            )
        );
    }

    /** Small, alone, on any free port. */
    private static Settings settings(Path home) {
        return Settings.builder()
            .put("path.home", home.toString())
            .put("cluster.name", NAME)
            .put("node.name", NAME)
            .put("discovery.type", "single-node")
            .put("network.host", "127.0.0.1")
            .put("http.port", "0")
            .put("transport.port", "0")
            .put("node.processors", 1)
            // A small heap is full most of the time, and a test machine's disk nearly so; neither is a reason to refuse.
            .put("indices.breaker.total.use_real_memory", false)
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            .build();
    }

    private static void configureLog(Settings settings) {
        LogConfigurator.registerErrorListener();
        LogConfigurator.configureESLogging();
        LogConfigurator.setClusterName(NAME);
        LogConfigurator.setNodeName(NAME);
        LogConfigurator.configureWithoutConfig(
            Settings.builder()
                .put(settings)
                .put("logger.level", "WARN")
                // It misses native libraries that only the distribution brings.
                .put("logger.org.elasticsearch.nativeaccess", "ERROR")
                .build()
        );
    }

    private static PluginsLoader modules(Environment environment) {
        return PluginsLoader.createPluginsLoader(
            PluginsLoader.loadModulesBundles(environment.modulesDir(), false),
            Set.of(),
            Map.of(),
            false
        );
    }

    private static String address(Node node) {
        var published = node.injector().getInstance(HttpServerTransport.class).boundAddress().publishAddress().address();
        return published.getAddress().getHostAddress() + ":" + published.getPort();
    }

    private static void waitForEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            // What is said does not matter, only that somebody is there.
        }
    }

    private static void close(Node node) {
        if (node == null) {
            return;
        }
        try {
            node.prepareForClose();
            node.close();
            node.awaitClose(CLOSE_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        } catch (InterruptedException error) {
            Thread.currentThread().interrupt();
        }
    }
}
