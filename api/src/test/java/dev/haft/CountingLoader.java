package dev.haft;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Loads our classes once more, such that each look at a byte of an array or of a buffer, and each copy, is counted by {@link ByteLooks}. A call
 * that hands bytes to the JDK in a way that cannot be counted fails.
 */
final class CountingLoader extends ClassLoader {
    private static final String OURS = "dev.haft.";
    private static final String COUNTER = Type.getInternalName(ByteLooks.class);
    private static final String BUFFER = Type.getInternalName(ByteBuffer.class);

    /** What tells of a buffer, but not of its bytes. */
    private static final Set<String> HARMLESS = Set.of(
            "position",
            "limit",
            "remaining",
            "hasRemaining",
            "array",
            "arrayOffset",
            "duplicate",
            "slice",
            "capacity",
            "wrap",
            "asReadOnlyBuffer",
            "allocate",
            "order");

    CountingLoader() {
        super(CountingLoader.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            return name.startsWith(OURS) ? define(name) : super.loadClass(name, resolve);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        String path = name.replace('.', '/') + ".class";
        try (InputStream in = CountingLoader.class.getModule().getResourceAsStream(path)) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] code = in.readAllBytes();
            if (!name.equals(ByteLooks.class.getName())) {
                ClassReader reader = new ClassReader(code);
                ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
                reader.accept(new Counted(writer), 0);
                code = writer.toByteArray();
            }
            return defineClass(name, code, 0, code.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private static final class Counted extends ClassVisitor {
        Counted(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return new CountedMethod(super.visitMethod(access, name, descriptor, signature, exceptions));
        }
    }

    private static final class CountedMethod extends MethodVisitor {
        CountedMethod(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.BALOAD) {
                count(1);
            }
            super.visitInsn(opcode);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            String call = owner.substring(owner.lastIndexOf('/') + 1) + "." + name + descriptor;
            switch (call) {
                case "ByteBuffer.get()B", "ByteBuffer.get(I)B" -> count(1);
                case "VarHandle.get([BI)J" -> count(Long.BYTES);
                case "ByteBuffer.get([B)Ljava/nio/ByteBuffer;", "ByteBuffer.get(I[B)Ljava/nio/ByteBuffer;" -> {
                    super.visitInsn(Opcodes.DUP);
                    super.visitInsn(Opcodes.ARRAYLENGTH);
                    copied("(I)V");
                }
                case "Arrays.copyOfRange([BII)[B" -> {
                    super.visitInsn(Opcodes.DUP2);
                    copied("(II)V");
                }
                case "String.<init>([BIILjava/nio/charset/Charset;)V" -> {
                    // The length is below the character set.
                    super.visitInsn(Opcodes.SWAP);
                    super.visitInsn(Opcodes.DUP);
                    copied("(I)V");
                    super.visitInsn(Opcodes.SWAP);
                }
                default -> refuseUnlessHarmless(owner, name, descriptor, call);
            }
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        }

        private void refuseUnlessHarmless(String owner, String name, String descriptor, String call) {
            boolean ours = owner.startsWith("dev/haft/");
            boolean looks = owner.equals(BUFFER)
                    ? !HARMLESS.contains(name)
                    : !ours && descriptor.lastIndexOf("[B", descriptor.indexOf(')')) >= 0;
            if (looks) {
                super.visitLdcInsn(call);
                super.visitMethodInsn(Opcodes.INVOKESTATIC, COUNTER, "unknown", "(Ljava/lang/String;)V", false);
            }
        }

        private void count(int looks) {
            super.visitIntInsn(Opcodes.BIPUSH, looks);
            super.visitMethodInsn(Opcodes.INVOKESTATIC, COUNTER, "count", "(I)V", false);
        }

        private void copied(String descriptor) {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, COUNTER, "copy", descriptor, false);
        }
    }
}
