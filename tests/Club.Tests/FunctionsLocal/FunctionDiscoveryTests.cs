using Functions.Local.Catalogue;
using Functions.Local.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Xunit;

namespace Club.Tests.FunctionsLocal;

public sealed class FunctionDiscoveryTests
{
    [Theory]
    [InlineData(typeof(SameName), "SameName")]
    [InlineData(typeof(NoTrigger), "0 triggers")]
    [InlineData(typeof(TwoTriggers), "2 triggers")]
    [InlineData(typeof(UnknownParameter), "Int32 page")]
    [InlineData(typeof(RouteTypo), "String idd")]
    [InlineData(typeof(NoResult), "returns nothing")]
    [InlineData(typeof(QueueResult), "returns String")]
    [InlineData(typeof(QueueBytes), "Byte[] message")]
    [InlineData(typeof(QueueUnbatched), "String[] messages")]
    [InlineData(typeof(OwnCompletion), "complete messages itself")]
    [InlineData(typeof(SharedQueue), "the queue work")]
    [InlineData(typeof(SharedRoute), "both answer GET")]
    [InlineData(typeof(NoSchedule), "'every day'")]
    [InlineData(typeof(MissingSetting), "Schedules__Missing")]
    public void A_function_that_cannot_run_stops_the_host_with_its_name(Type type, string expected)
    {
        var stopped = Assert.Throws<StartException>(() => Discover(type));
        Assert.Contains(expected, stopped.Message, StringComparison.Ordinal);
        Assert.Contains(type.Name, stopped.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_of_function_is_found()
    {
        var found = Discover(typeof(HttpProbe), typeof(BatchProbe), typeof(WorkProbe), typeof(TimerProbe));
        Assert.Equal((7, 2, 1), (found.Http.Count, found.Queues.Count, found.Timers.Count));
        Assert.True(found.Queues.Single(q => q.Queue == "transactions").IsBatched);
    }

    /// <summary>Two hosts in one process; each round has methods that nobody asked for their parameters before.</summary>
    [Fact]
    public void Functions_that_two_hosts_discover_at_once_are_found_by_both()
    {
        var type = typeof(int);
        for (var round = 0; round < 40; round++)
        {
            type = typeof(ValueTuple<>).MakeGenericType(type);
            var (probe, start) = (typeof(AnyProbe<>).MakeGenericType(type), new Barrier(4));
            var found = new int[4];
            Thread[] hosts = [.. Enumerable.Range(0, 4).Select(host => new Thread(() =>
            {
                start.SignalAndWait();
                try
                {
                    found[host] = Discover(probe).Http.Count;
                }
                catch (StartException)
                {
                    found[host] = -1;
                }
            }))];
            foreach (var host in hosts) host.Start();
            foreach (var host in hosts) host.Join();
            Assert.Equal([1, 1, 1, 1], found);
        }
    }

    private static FunctionCatalogue Discover(params Type[] types) => new(types, LocalSettings.Of([]));

#pragma warning disable IDE0060, xUnit1013 // Declarations are all that matters here.
    public sealed class AnyProbe<T>
    {
        [Function("F")]
        public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "f/{id}")] HttpRequest request, string? id,
            CancellationToken cancellation) => Results.Ok(this);
    }

    public static class SameName
    {
        [Function("SameName")]
        public static void One([TimerTrigger("0 0 9 * * *")] TimerInfo timer) { }

        [Function("samename")]
        public static void Two([TimerTrigger("0 0 9 * * *")] TimerInfo timer) { }
    }

    public static class NoTrigger
    {
        [Function("F")]
        public static void Run(CancellationToken cancellation) { }
    }

    public static class TwoTriggers
    {
        [Function("F")]
        public static void Run([TimerTrigger("0 0 9 * * *")] TimerInfo timer, [ServiceBusTrigger("work")] string message) { }
    }

    public static class UnknownParameter
    {
        [Function("F")]
        public static IResult Run([HttpTrigger] HttpRequest request, int page) => Results.Ok();
    }

    public static class RouteTypo
    {
        [Function("F")]
        public static IResult Run([HttpTrigger(Route = "members/{id}")] HttpRequest request, string idd) => Results.Ok();
    }

    public static class NoResult
    {
        [Function("F")]
        public static Task Run([HttpTrigger] HttpRequest request) => Task.CompletedTask;
    }

    public static class QueueResult
    {
        [Function("F")]
        public static Task<string> Run([ServiceBusTrigger("work")] string message) => Task.FromResult(message);
    }

    public static class QueueBytes
    {
        [Function("F")]
        public static void Run([ServiceBusTrigger("work")] byte[] message) { }
    }

    public static class QueueUnbatched
    {
        [Function("F")]
        public static void Run([ServiceBusTrigger("work")] string[] messages) { }
    }

    public static class OwnCompletion
    {
        [Function("F")]
        public static void Run([ServiceBusTrigger("work", AutoCompleteMessages = false)] string message) { }
    }

    public static class SharedQueue
    {
        [Function("SharedQueueA")]
        public static void A([ServiceBusTrigger("work")] string message) { }

        [Function("B")]
        public static void B([ServiceBusTrigger("Work")] string message) { }
    }

    public static class SharedRoute
    {
        [Function("SharedRouteA")]
        public static IResult A([HttpTrigger("get", Route = "members/{id}")] HttpRequest request) => Results.Ok();

        [Function("B")]
        public static IResult B([HttpTrigger("get", "post", Route = "members/{memberId}")] HttpRequest request) => Results.Ok();
    }

    public static class NoSchedule
    {
        [Function("F")]
        public static void Run([TimerTrigger("every day")] TimerInfo timer) { }
    }

    public static class MissingSetting
    {
        [Function("F")]
        public static void Run([TimerTrigger("%Schedules__Missing%")] TimerInfo timer) { }
    }
}
