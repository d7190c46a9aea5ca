package io.ternmq.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Apache RocketMQ: name server and broker, as its own scripts run them but for smaller heaps.
 *
 * @param libraryFolder its jars
 * @param workFolder    for store, configuration and logs
 * @param withProxy     whether the broker runs within the proxy, for clients that speak gRPC
 */
record RocketMq(Path libraryFolder, Path workFolder, boolean withProxy) implements Contender {
    @Override
    public String name() {
        return "RocketMQ";
    }

    @Override
    public Server start(Flush flush) throws IOException, InterruptedException {
        Path store = Folders.emptied(workFolder.resolve("rocketmq-store"));
        Path configuration = Folders.emptied(workFolder.resolve("rocketmq-conf"));
        Path nameServerFile = Files.write(
                configuration.resolve("namesrv.conf"),
                List.of("listenPort=" + Ports.NAME_SERVER, "bindAddress=127.0.0.1"));
        Path brokerFile = Files.write(configuration.resolve("broker.conf"), brokerConfiguration(store, flush));
        ServerProcesses server = new ServerProcesses(workFolder.resolve("logs"));
        Map<String, String> environment = Map.of("ROCKETMQ_HOME", configuration.toString());
        server.start(
                "rocketmq-namesrv",
                command("256m", "org.apache.rocketmq.namesrv.NamesrvStartup", nameServerFile),
                environment,
                Ports.NAME_SERVER);
        if (withProxy) {
            Path proxyFile = Files.writeString(
                    configuration.resolve("proxy.json"),
                    "{\"rocketMQClusterName\":\"DefaultCluster\",\"namesrvAddr\":\"127.0.0.1:" + Ports.NAME_SERVER
                            + "\",\"localServeAddr\":\"127.0.0.1\",\"grpcServerPort\":" + Ports.GRPC + "}");
            server.start("rocketmq-proxy", proxy(brokerFile, proxyFile), environment, Ports.GRPC);
        } else {
            server.start(
                    "rocketmq-broker",
                    command("1g", "org.apache.rocketmq.broker.BrokerStartup", brokerFile),
                    environment,
                    Ports.BROKER);
        }
        return server;
    }

    private List<String> proxy(Path brokerFile, Path proxyFile) {
        List<String> command = command("1g", "org.apache.rocketmq.proxy.ProxyStartup", brokerFile);
        List<String> arguments = List.of(
                "-pm",
                "local",
                "-n",
                "127.0.0.1:" + Ports.NAME_SERVER,
                "-bc",
                brokerFile.toString(),
                "-pc",
                proxyFile.toString());
        return Stream.concat(command.stream().limit(command.size() - 2), arguments.stream())
                .toList();
    }

    private static List<String> brokerConfiguration(Path store, Flush flush) {
        return List.of(
                "brokerClusterName=DefaultCluster",
                "brokerName=broker-a",
                "brokerId=0",
                "brokerRole=ASYNC_MASTER",
                "flushDiskType=" + flush + "_FLUSH",
                "namesrvAddr=127.0.0.1:" + Ports.NAME_SERVER,
                "brokerIP1=127.0.0.1",
                "brokerIP2=127.0.0.1",
                "listenPort=" + Ports.BROKER,
                "bindAddress=127.0.0.1",
                "autoCreateTopicEnable=true",
                "storePathRootDir=" + store,
                "storePathCommitLog=" + store.resolve("commitlog"));
    }

    private List<String> command(String heap, String mainClass, Path configuration) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms" + heap,
                "-Xmx" + heap,
                "-XX:+UseG1GC",
                "-XX:MaxDirectMemorySize=1g"));
        command.add("-Drocketmq.home.dir=" + configuration.getParent());
        command.add("-Drocketmq.log.dir=" + workFolder.resolve("logs"));
        command.add("-Duser.home=" + workFolder.resolve("home"));
        command.addAll(List.of("-cp", libraryFolder + "/*", mainClass, "-c", configuration.toString()));
        return command;
    }

    @Override
    public List<Path> distribution() {
        return List.of(libraryFolder);
    }
}
