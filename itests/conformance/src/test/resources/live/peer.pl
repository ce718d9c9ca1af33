#!/usr/bin/perl
# peer.pl PORT PLAN: connects, writes every item of the plan, reads every item of the plan and compares.
# A plan is a JSON array of [type, arguments, data]; bytes are in hex. Exits with 0 if all was as planned.

use strict;
use warnings;
use AnyEvent;
use AnyEvent::Handle;
use JSON::XS ();

my ($port, $file) = @ARGV;
open my $fh, "<:raw", $file or die "$file: $!";
my $plan = JSON::XS->new->utf8->decode (do { local $/; <$fh> });
my $canon = JSON::XS->new->canonical->allow_nonref;

sub hex2 { pack "H*", $_[0] }
sub unhex { unpack "H*", $_[0] }

my $done = AE::cv;
my $hdl = AnyEvent::Handle->new (
   connect  => ["127.0.0.1", $port],
   timeout  => 30,
   on_error => sub { $done->croak ("error: $_[2]") },
   on_eof   => sub { $done->send },
);

# How to write an item, and how to read it: both by its type.
my %write = (
   chunk      => sub { $hdl->push_write (hex2 $_[1]) },
   line       => sub { $hdl->push_write ((hex2 $_[1]) . hex2 $_[0]{end}) },
   regex      => sub { $hdl->push_write (hex2 $_[1]) },
   netstring  => sub { $hdl->push_write (netstring => hex2 $_[1]) },
   packstring => sub { $hdl->push_write (packstring => $_[0]{format}, hex2 $_[1]) },
   json       => sub { $hdl->push_write (json => $_[1]) },
);

my $left = @$plan;
for my $i (0 .. $#$plan) {
   my ($type, $args, $data) = @{ $plan->[$i] };
   $write{$type}->($args, $data);
   my @args = $type eq "chunk"      ? (length ($data) / 2)
            : $type eq "line"       ? (defined $args->{pattern} ? qr{$args->{pattern}} : defined $args->{marker} ? hex2 $args->{marker} : ())
            : $type eq "regex"      ? map defined $_ ? qr{$_} : undef, @$args{qw(accept reject skip)}
            : $type eq "packstring" ? ($args->{format})
            :                         ();
   $hdl->push_read ($type => @args, sub {
      my (undef, $got, $end) = @_;
      my ($is, $planned) = $type eq "json" ? ($canon->encode ($got), $canon->encode ($data)) : (unhex ($got), $data);
      $is eq $planned or $done->croak ("item $i, $type: got $is, planned $planned");
      $type ne "line" || unhex ($end) eq $args->{end} or $done->croak ("item $i, line: end is " . unhex $end);
      return if --$left;
      $hdl->push_shutdown;
      # Who wants nothing does not notice the end.
      $hdl->on_read (sub { $done->croak ("more than was planned: " . unhex $_[0]{rbuf}) });
   });
}

$done->recv;
$left and die "$left items are missing\n";
print "all ", scalar @$plan, " items\n";
