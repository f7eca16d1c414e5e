using Club.Kernel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Club.Programmes;

public static class ProgrammesServices
{
    public static IServiceCollection AddProgrammes(this IServiceCollection services) => services
        .AddSingleton(provider => ProgrammeLoader.LoadText(provider.GetRequiredService<IOptions<ClubOptions>>().Value.Programme))
        .AddSingleton(provider => provider.GetRequiredService<ProgrammeText>().Programme)
        .AddSingleton<ProgrammeLibrary>().AddSingleton<ProgrammeDrafts>().AddSingleton<Publication>();
}
