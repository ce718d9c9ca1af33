package dev.haft.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.StringDecoder;
import io.netty.handler.codec.string.StringEncoder;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Echoes lines with Netty's own handlers on one NIO event loop, everything else as Netty has it by default. */
public final class NettyEcho {
    private static final int MAX_LINE_BYTES = 64 * 1024;

    private NettyEcho() {}

    /** Listens, prints the port, and serves until it is killed. */
    public static void main(String[] args) {
        System.out.println("PORT " + start());
    }

    static int start() {
        return start(loop(), null);
    }

    static EventLoopGroup loop() {
        return new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    }

    /** Null: in clear text. */
    static int start(EventLoopGroup loop, @Nullable SslContext tls) {
        StringDecoder decoder = new StringDecoder(UTF_8);
        StringEncoder encoder = new StringEncoder(UTF_8);
        Echo echo = new Echo();
        ServerBootstrap server = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        if (tls != null) {
                            channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                        }
                        channel.pipeline().addLast(new LineBasedFrameDecoder(MAX_LINE_BYTES), decoder, encoder, echo);
                    }
                });
        return ((InetSocketAddress) server.bind(InetAddress.getLoopbackAddress(), 0)
                        .syncUninterruptibly()
                        .channel()
                        .localAddress())
                .getPort();
    }

    /** Replies to what one pass of reading brought leave together. */
    @Sharable
    private static final class Echo extends SimpleChannelInboundHandler<String> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, String line) {
            ChannelFuture unused = context.write(line + "\n", context.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            ChannelFuture unused = context.close();
        }
    }
}
