using System.Text.Json;
using Club.Benchmarks;

var benchmarks = new Dictionary<string, Func<Arguments, Task<object>>>
{
    ["accrual"] = AccrualBenchmark.Run,
    ["store"] = StoreBenchmark.Run,
    ["queue"] = QueueBenchmark.Run,
    ["sweep"] = SweepBenchmark.Run,
    ["webhook"] = WebhookBenchmark.Run,
    ["rules"] = RulesBenchmark.Run,
    ["what-if"] = WhatIfBenchmark.Run,
    ["hot-member"] = HotMemberBenchmark.Run,
    ["worker"] = WorkerBenchmark.Run,
    ["access"] = AccessBenchmark.Run,
    ["scope"] = ScopeBenchmark.Run,
    ["redeem"] = RedeemBenchmark.Run,
    ["vouchers"] = VoucherBenchmark.Run,
    ["generate"] = GenerateBenchmark.Run,
    ["value"] = ValueBenchmark.Run,
    ["settle"] = SettleBenchmark.Run,
    ["churn"] = ChurnBenchmark.Run,
    ["proof"] = ProofBenchmark.Run,
    ["events"] = EventsBenchmark.Run,
};
if (args.Length == 0 || !benchmarks.TryGetValue(args[0], out var run))
{
    Console.Error.WriteLine(
        $"Usage: dotnet run -c Release --project tests/Club.Benchmarks -- <{string.Join('|', benchmarks.Keys)}> [--name value]…");
    return 2;
}
Console.WriteLine(JsonSerializer.Serialize(await run(new Arguments(args[1..])), JsonSerializerOptions.Web));
return 0;
