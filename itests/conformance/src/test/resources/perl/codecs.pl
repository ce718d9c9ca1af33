# codecs.pl PORT TYPE: connects, sends values of its own, and sends back each value that comes, all by the read and write
# types of AnyEvent::Handle.
use strict;
use warnings;
use utf8;
use AnyEvent;
use AnyEvent::Handle;
use AnyEvent::Socket;
use CBOR::XS ();
use JSON::XS ();
use Types::Serialiser ();

my ($port, $type) = @ARGV;
my $end = AnyEvent->condvar;

my %own = (
    json => [
        [1, -2, 1.5, "text", "\x{20ac}\x{1f600}\n\"\\", undef, Types::Serialiser::true()],
        {a => {b => [[], {}]}},
        ["x" x 100_000],
    ],
    cbor => [
        [1, -2, 1.5, "\x{20ac}\x{1f600}", "\x00\xff", undef, Types::Serialiser::true()],
        {"\x{20ac}" => {"\x{20ac}" => [[], {}]}},
        4294967296,
        CBOR::XS::tag(1000, [1]),
        ["x" x 100_000],
    ],
);

tcp_connect "127.0.0.1", $port, sub {
    my ($fh) = @_ or return $end->send("no connection: $!");
    my $handle;
    $handle = AnyEvent::Handle->new(
        fh       => $fh,
        on_error => sub { $end->send("error: $_[2]") },
        on_eof   => sub { undef $handle; $end->send("") },
    );
    $handle->push_write($type => $_) for @{ $own{$type} };
    my $again;
    $again = sub {
        my ($handle, $value) = @_;
        $handle->push_write($type => $value);
        $handle->push_read($type => $again);
    };
    $handle->push_read($type => $again);
    # With reads in the queue the end of the stream would be an error.
    $handle->on_error(sub { undef $handle; $end->send($_[2] =~ /pipe|end/i ? "" : "error: $_[2]") });
};

my $why = $end->recv;
die "$why\n" if length $why;
