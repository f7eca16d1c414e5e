using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Club.Kernel;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging;

namespace Club.Cosmos;

/// <summary>What each request to Cosmos DB cost, and the client's own account of it when it was slow or failed.</summary>
internal sealed partial class CosmosMeter(ILogger logger, TimeSpan slow)
{
    private static readonly Histogram<double> Charge = Telemetry.Meter.CreateHistogram<double>(
        "club.cosmos.request_charge", "RU", "What requests to Cosmos DB cost, by operation and status.");

    private static readonly Counter<long> Throttled = Telemetry.Meter.CreateCounter<long>(
        "club.cosmos.throttled", description: "Answers of Cosmos DB that told the client to come later, by operation.");

    public void Record(string operation, ResponseMessage response) =>
        Record(operation, response.StatusCode, response.Headers.RequestCharge, response.Diagnostics);

    public void Record(string operation, TransactionalBatchResponse response) =>
        Record(operation, response.StatusCode, response.RequestCharge, response.Diagnostics);

    public void Record(string operation, CosmosException fault) =>
        Record(operation, fault.StatusCode, fault.RequestCharge, fault.Diagnostics);

    private void Record(string operation, HttpStatusCode status, double charge, CosmosDiagnostics diagnostics)
    {
        Charge.Record(charge, new TagList { { "operation", operation }, { "status", (int)status } });
        var (failed, elapsed) = (IsFault(status), diagnostics.GetClientElapsedTime());
        // To write diagnostics out is dear. The client counts failed requests of direct connections only, which are those of Azure.
        if (!failed && elapsed <= slow && diagnostics.GetFailedRequestCount() == 0) return;
        var text = Text(diagnostics);
        CountThrottled(operation, text);
        if (failed) Log.Failed(logger, operation, (int)status, charge, text);
        else if (elapsed > slow) Log.Slow(logger, operation, elapsed.TotalMilliseconds, charge, text);
    }

    // The client fails at writing out an answer with a status that it has no phrase for. That must not fail what was asked.
    private static string Text(CosmosDiagnostics diagnostics)
    {
        try
        {
            return diagnostics.ToString();
        }
        catch (ArgumentException)
        {
            return "no diagnostics";
        }
    }

    private static void CountThrottled(string operation, string diagnostics)
    {
        var times = ThrottledRequests().Matches(diagnostics)
            .Sum(match => int.Parse(match.Groups["times"].ValueSpan, CultureInfo.InvariantCulture));
        if (times > 0) Throttled.Add(times, new KeyValuePair<string, object?>("operation", operation));
    }

    /// <summary>Absent, taken, changed meanwhile: answers that the store asked for.</summary>
    private static bool IsFault(HttpStatusCode status) =>
        (int)status >= 400 && status is not (HttpStatusCode.NotFound or HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed);

    // The summary of the diagnostics counts requests by status and substatus: "(429, 3200)":2.
    [GeneratedRegex(@"\(429, \d+\)"":(?<times>\d+)")]
    private static partial Regex ThrottledRequests();

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A {Operation} of Cosmos DB took {Milliseconds} ms and {Charge} RU: {Diagnostics}")]
        public static partial void Slow(ILogger logger, string operation, double milliseconds, double charge, string diagnostics);

        [LoggerMessage(2, LogLevel.Warning, "A {Operation} of Cosmos DB was answered {Status} after {Charge} RU: {Diagnostics}")]
        public static partial void Failed(ILogger logger, string operation, int status, double charge, string diagnostics);
    }
}
