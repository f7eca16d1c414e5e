using Club.Kernel;
using Club.Programmes;
using Club.Store;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Club.Azure;

/// <summary>What must hold before the first call: a wrong setting, programme or store stops the worker here, with a sentence.</summary>
internal static class Start
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <exception cref="OptionsValidationException">A setting is wrong.</exception>
    /// <exception cref="ProgrammeException">The programme cannot be published.</exception>
    /// <exception cref="StoreException">The store does not answer.</exception>
    public static async Task Prepare(IServiceProvider services)
    {
        services.GetRequiredService<IStartupValidator>().Validate();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            // The clients give up in their own time, which is long; waiting ends here.
            await Open(services, patience.Token).WaitAsync(patience.Token);
        }
        catch (Exception fault) when (fault is OperationCanceledException or CosmosException)
        {
            var endpoint = services.GetRequiredService<IOptions<CosmosOptions>>().Value.Endpoint;
            var said = fault is CosmosException refused ? $"answered {(int)refused.StatusCode}"
                : $"did not answer within {Patience.TotalSeconds} seconds";
            throw new StoreException($"Cosmos DB at {endpoint} {said}: is Cosmos__Endpoint right, and may the app reach it?", fault);
        }
    }

    private static async Task Open(IServiceProvider services, CancellationToken cancellation)
    {
        await services.PrepareEmulators(cancellation);
        await services.GetRequiredService<Publication>().PublishFile(services.GetRequiredService<ProgrammeText>(), cancellation);
    }

    /// <summary>What went wrong, for whoever set the app up; empty for a fault that only its stack trace explains.</summary>
    public static IReadOnlyList<string> Sentences(Exception fault) => fault switch
    {
        ProgrammeException or StoreException => [fault.Message],
        AggregateException several => [.. several.InnerExceptions.SelectMany(Sentences)],
        _ => WrongSetting.Sentence(fault) is { } sentence ? [sentence] : [],
    };
}
